/**
 * The desktop shell. `--cli ...` runs a command instead of a window: an installed app cannot be run as `node`, its fuse is off.
 *
 * Nothing here waits for `whenReady` at top level: Electron's module loader would hang (electron#40719).
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { defaultDataFolder } from './desktop/data-folder.ts';
import { electronDesktop } from './desktop/electron-desktop.ts';
import { keystoreState, keystoreWrap } from './desktop/keystore.ts';
import { guardPermissions, lockNavigation, openLockedWindow } from './desktop/locked-window.ts';
import { outliveRejections } from './desktop/outlive-rejections.ts';
import { ownCommand, runningProgram } from './desktop/own-command.ts';
import { projectPaths } from './desktop/project-paths.ts';
import { readShellFlags, type ShellFlags } from './desktop/shell-flags.ts';
import { runStation } from './desktop/station-parts.ts';
import { startUtilityProcess } from './desktop/utility-process.ts';
import { passphraseWrap } from './devices/keys/passphrase.ts';
import { startServer } from './http/server.ts';
import { openStation } from './station.ts';

outliveRejections();

// Unpackaged, Electron's own arguments and the project's folder stand before ours.
const args = process.argv.slice(app.isPackaged ? 1 : 2);

if (args[0] === '--cli') {
  process.argv = [process.execPath, 'kaodian', ...args.slice(1)];
  import('./cli.ts').catch((error) => {
    console.error(error);
    app.exit(1);
  });
} else {
  const flags = readShellFlags(args);
  if (flags.ok) runDesktop(flags.value);
  else {
    console.error(flags.error.sentence);
    app.exit(2);
  }
}

function runDesktop(flags: ShellFlags): void {
  const dataDir = resolve(flags.data ?? defaultDataFolder(process.platform, process.env, homedir()));
  // Before the lock, which is held per profile: two stations with two data folders may run side by side.
  app.setPath('userData', join(dataDir, 'electron-profile'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();

  let window: BrowserWindow | null = null;
  let origin: string | null = null;
  let close = async () => {};
  let closed = false;

  app.on('web-contents-created', (_event, contents) => lockNavigation(contents, () => origin));
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    close()
      .catch(console.error)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  process.once('SIGINT', () => app.quit());
  process.once('SIGTERM', () => app.quit());

  const open = async () => {
    const paths = projectPaths(import.meta.dirname, app.isPackaged ? process.resourcesPath : undefined);
    const rehearsal = ownCommand('rehearse', runningProgram(paths.root, import.meta.filename));
    const keystore = await keystoreState();
    if (!keystore.ok) console.error('The keys will be kept under a passphrase:', keystore.error);
    const running = await runStation(
      { openStation, startServer },
      {
        dataDir,
        resourcesDir: paths.resourcesDir,
        modelsDir: paths.modelsDir,
        rehearsal: flags.rehearsal,
        desktop: electronDesktop(() => window),
        startProcess: startUtilityProcess,
        keyWrap: keystore.ok ? keystoreWrap : passphraseWrap,
        rehearsalCommand: { ...rehearsal, args: [...rehearsal.args, '--progress'], env: process.env },
      },
      { port: flags.port ?? 0, rendererDir: paths.rendererDir },
    );
    close = running.close;
    origin = running.origin;
    guardPermissions(session.defaultSession, running.origin);
    window = openLockedWindow(join(paths.root, 'out', 'preload'));
    window.on('closed', () => {
      window = null;
    });
    await window.loadURL(running.entryUrl());
    console.log(JSON.stringify({ ready: true, origin: running.origin, entry: running.entryUrl() }));
  };

  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      console.error(error);
      dialog.showErrorBox('考点站没有启动 / The station did not start', String(error));
      app.quit();
    });
}
