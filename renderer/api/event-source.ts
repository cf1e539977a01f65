import { followEvents, type StreamMessage } from './event-stream.ts';

/** Brings the station's events to this window until the returned function is called. */
export function openEvents(hear: (message: StreamMessage) => void): () => void {
  if ('SharedWorker' in globalThis) return openByWorker(hear);
  return openByLeader(hear);
}

function openByWorker(hear: (message: StreamMessage) => void): () => void {
  const worker = new SharedWorker(new URL('./event-worker.ts', import.meta.url), {
    type: 'module',
    name: 'kaodian-events',
  });
  worker.port.onmessage = (message: MessageEvent<StreamMessage>) => hear(message.data);
  const goodbye = () => worker.port.postMessage('goodbye');
  window.addEventListener('pagehide', goodbye);
  return () => {
    window.removeEventListener('pagehide', goodbye);
    goodbye();
    worker.port.close();
  };
}

/** Without shared workers one window leads: it holds a lock and the stream, and tells the others. */
function openByLeader(hear: (message: StreamMessage) => void): () => void {
  const closing = new AbortController();
  const channel = new BroadcastChannel('kaodian-events');
  channel.onmessage = (message: MessageEvent<StreamMessage>) => hear(message.data);
  const lead = () =>
    followEvents(
      window.location.origin,
      (message) => {
        hear(message);
        channel.postMessage(message);
      },
      closing.signal,
    );
  if ('locks' in navigator) {
    void navigator.locks.request('kaodian-events', { signal: closing.signal }, lead).catch(() => undefined);
  } else void lead();
  return () => {
    closing.abort();
    channel.close();
  };
}
