import { useEffect, useRef, useState } from 'react';

/**
 * Reads ticket codes from camera pictures while `wanted`. Returns where to put pictures; a picture that comes while
 * another is being read is dropped. `onTicket` is called once for each ticket shown; whether it is good says the station.
 */
export function useTicketScanner(
  wanted: boolean,
  onTicket: (text: string) => void,
): ((picture: ImageData) => void) | null {
  const [scan, setScan] = useState<((picture: ImageData) => void) | null>(null);
  const heard = useRef(onTicket);
  useEffect(() => {
    heard.current = onTicket;
  });
  useEffect(() => {
    if (!wanted) return;
    const worker = new Worker(new URL('./ticket-scanner-worker.ts', import.meta.url), { type: 'module' });
    let busy = false;
    worker.onmessage = (message: MessageEvent<{ text: string | null }>) => {
      busy = false;
      if (message.data.text !== null) heard.current(message.data.text);
    };
    worker.onerror = () => {
      busy = true;
    };
    setScan(() => (picture: ImageData) => {
      if (busy) return;
      busy = true;
      worker.postMessage(picture, [picture.data.buffer as ArrayBuffer]);
    });
    return () => {
      worker.terminate();
      setScan(null);
    };
  }, [wanted]);
  return scan;
}
