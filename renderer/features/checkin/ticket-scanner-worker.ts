import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

/**
 * Looks for a ticket's QR code in camera pictures, off the page's thread. The WebAssembly file is the station's own:
 * left alone, the library would fetch it from a content network. Only codes of nothing but digits are tickets; any
 * other code a person may hold up (a payment, a link) is passed over unread.
 */
const ready = (async () => {
  const wasmBinary = await (await fetch(wasmAddress)).arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
})();

globalThis.onmessage = async (message: MessageEvent<ImageData>) => {
  try {
    await ready;
    const found = await readBarcodes(message.data, { formats: ['QRCode'], maxNumberOfSymbols: 2, tryInvert: false });
    const ticket = found.find((code) => code.isValid && /^\d{4,2000}$/.test(code.text));
    globalThis.postMessage({ kind: 'looked', text: ticket?.text ?? null });
  } catch {
    // A picture that cannot be read is no code; a missing wasm file leaves wedge scanner and typing.
    globalThis.postMessage({ kind: 'looked', text: null });
  }
};
