/**
 * A station as `serve.ts` starts it, with the harness's fakes in place of face engine and card reader, so that neither's
 * time counts. A message `{ text }` from the parent lays a card with these 256 bytes on the reader.
 */
import { browserDesktop } from '../../electron/desktop/browser-desktop.ts';
import { projectPaths } from '../../electron/desktop/project-paths.ts';
import { runStation } from '../../electron/desktop/station-parts.ts';
import { specimenWltPhoto } from '../../electron/devices/id-reader/cards.ts';
import { passphraseWrap } from '../../electron/devices/keys/passphrase.ts';
import { startServer } from '../../electron/http/server.ts';
import { openStation } from '../../electron/station.ts';
import { fakeFaceEngine } from '../harness/fake-face-engine.ts';
import { FakeReaderPost } from '../harness/fake-reader.ts';

const dataDir = process.argv[process.argv.indexOf('--data') + 1]!;
const reader = new FakeReaderPost();
const { resourcesDir, modelsDir, rendererDir } = projectPaths(import.meta.dirname);
const running = await runStation(
  {
    openStation: (options) => openStation({ ...options, faceEngine: fakeFaceEngine(), openReader: reader.open }),
    startServer,
  },
  {
    dataDir,
    resourcesDir,
    modelsDir,
    desktop: browserDesktop,
    keyWrap: passphraseWrap,
    passphrase: process.env.KAODIAN_PASSPHRASE,
  },
  { port: 0, rendererDir },
);

process.on('message', ({ text }: { text: number[] }) => {
  const photo = { kind: 'wlt' as const, bytes: specimenWltPhoto(1) };
  reader.present({ text: Uint8Array.from(text), photo, samId: null, readAtMs: Date.now() });
});
process.stdin.on('end', () => void running.close().then(() => process.exit(0))).resume();
console.log(JSON.stringify({ ready: true, origin: running.origin, entry: running.entryUrl() }));
