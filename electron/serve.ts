/**
 * The served shell: `node electron/serve.ts --data DIR --port N [--rehearsal] [--stop-with-stdin]`.
 *
 * Prints one line of JSON on standard output when the station answers, `{"ready":true,"origin":...,"entry":...}`, and
 * nothing else there. The passphrase that unwraps the station's keys is read from KAODIAN_PASSPHRASE and taken out of
 * the environment, so that no child process inherits it.
 */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { browserDesktop } from './desktop/browser-desktop.ts';
import { defaultDataFolder } from './desktop/data-folder.ts';
import { outliveRejections } from './desktop/outlive-rejections.ts';
import { ownCommand, runningProgram } from './desktop/own-command.ts';
import { packagedResources, projectPaths } from './desktop/project-paths.ts';
import { readShellFlags } from './desktop/shell-flags.ts';
import { runStation } from './desktop/station-parts.ts';
import { passphraseWrap } from './devices/keys/passphrase.ts';
import { startServer } from './http/server.ts';
import { openStation } from './station.ts';

outliveRejections();
const flags = readShellFlags(process.argv.slice(2));
if (!flags.ok) {
  console.error(`${flags.error.sentence}\nserve --data DIR --port N [--rehearsal] [--stop-with-stdin]`);
  process.exit(2);
}
const { data, port, rehearsal, stopWithStdin } = flags.value;
const passphrase = process.env.KAODIAN_PASSPHRASE;
delete process.env.KAODIAN_PASSPHRASE;

const paths = projectPaths(import.meta.dirname, packagedResources(import.meta.dirname));
const own = ownCommand('rehearse', runningProgram(paths.root, import.meta.filename));
const running = await runStation(
  { openStation, startServer },
  {
    dataDir: resolve(data ?? defaultDataFolder(process.platform, process.env, homedir())),
    resourcesDir: paths.resourcesDir,
    modelsDir: paths.modelsDir,
    rehearsal,
    desktop: browserDesktop,
    keyWrap: passphraseWrap,
    passphrase,
    rehearsalCommand: { ...own, args: [...own.args, '--progress'], env: process.env },
  },
  { port: port ?? 0, rendererDir: paths.rendererDir },
);

const stop = () => {
  running.close().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
if (stopWithStdin) process.stdin.on('end', stop).resume();

console.log(JSON.stringify({ ready: true, origin: running.origin, entry: running.entryUrl() }));
