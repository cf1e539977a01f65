import { followEvents, type StreamMessage } from './event-stream.ts';

/**
 * The shared worker that holds the browser's one event stream: over HTTP/1.1 a browser opens six connections to a
 * host, so a stream in every window would leave the seventh window without an answer.
 */
const ports = new Set<MessagePort>();
let last: StreamMessage = { kind: 'connection', live: false };

const tellAll = (message: StreamMessage): void => {
  if (message.kind === 'connection') last = message;
  for (const port of ports) port.postMessage(message);
};

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0];
  if (port === undefined) return;
  if (ports.size === 0 && !started) {
    started = true;
    void followEvents(globalThis.location.origin, tellAll, new AbortController().signal);
  }
  ports.add(port);
  // A port has no close event everywhere; a window says goodbye when its page goes away.
  port.onmessage = (message: MessageEvent) => {
    if (message.data === 'goodbye') ports.delete(port);
  };
  port.postMessage(last);
};
let started = false;
