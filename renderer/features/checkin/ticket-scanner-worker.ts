import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { TICKET_FORMATS, TicketWatch } from './ticket-in-view.ts';

/**
 * Looks for a ticket's code in camera pictures, off the page's thread. The WebAssembly file is the station's own: left
 * alone, the library would fetch it from a content network. What it finds is judged by `TicketWatch`.
 */
const ready = (async () => {
  const wasmBinary = await (await fetch(wasmAddress)).arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
})();
const watch = new TicketWatch();

globalThis.onmessage = async (message: MessageEvent<ImageData>) => {
  try {
    await ready;
    const found = await readBarcodes(message.data, {
      formats: [...TICKET_FORMATS],
      maxNumberOfSymbols: 4,
      tryInvert: false,
    });
    const text = watch.look(
      found.filter((code) => code.isValid),
      performance.now(),
    );
    globalThis.postMessage({ kind: 'looked', text });
  } catch {
    // A picture that cannot be read is no code; a missing wasm file leaves wedge scanner and typing.
    globalThis.postMessage({ kind: 'looked', text: null });
  }
};
