import { stat } from 'node:fs/promises';
import { type BrowserWindow, dialog, powerSaveBlocker, shell } from 'electron';
import { ok } from '../lib/result.ts';
import type { DesktopPort } from './port.ts';

/**
 * The desktop shell's port.
 *
 * @param theWindow  the station's window, or null before it is open and after it is closed
 */
export function electronDesktop(theWindow: () => BrowserWindow | null): DesktopPort {
  let blocker: number | null = null;

  const choose = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const window = theWindow();
    const { canceled, filePaths } = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return canceled ? null : (filePaths[0] ?? null);
  };

  return {
    kind: 'electron',
    abilities: {
      pickFile: 'shell',
      pickFolder: 'shell',
      print: 'shell',
      keepAwake: 'shell',
      kiosk: 'shell',
      openFolder: 'shell',
    },
    async pickFile({ title, endings }) {
      const filters = endings.length === 0 ? [] : [{ name: endings.join(', '), extensions: [...endings] }];
      return ok(await choose({ title, filters, properties: ['openFile'] }));
    },
    async pickFolder(title) {
      return ok(await choose({ title, properties: ['openDirectory', 'createDirectory'] }));
    },
    async print() {
      const window = theWindow();
      if (window === null) return ok(false);
      return ok(await new Promise<boolean>((resolve) => window.webContents.print({}, resolve)));
    },
    keepAwake(on) {
      if (on && blocker === null) blocker = powerSaveBlocker.start('prevent-display-sleep');
      if (!on && blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
      return ok(undefined);
    },
    kiosk(on) {
      theWindow()?.setKiosk(on);
      return ok(undefined);
    },
    async openFolder(path) {
      // openPath runs whatever program belongs to a file, so nothing but a folder is handed to it.
      const folder = await stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      );
      return ok(folder && (await shell.openPath(path)) === '');
    },
  };
}
