import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { electronStandIn } from '../../test/desktop/electron-stand-in.ts';
import { browserDesktop } from './browser-desktop.ts';
import type { DesktopAbility, DesktopPort } from './port.ts';

const electron = electronStandIn();
vi.doMock('electron', () => electron.module);
const { electronDesktop } = await import('./electron-desktop.ts');

const window = new electron.module.BrowserWindow({});
const desktop = electronDesktop(() => window as unknown as Electron.BrowserWindow);

const calls: Record<DesktopAbility, (port: DesktopPort) => unknown> = {
  pickFile: (port) => port.pickFile({ title: '场次计划', endings: ['xlsx'] }),
  pickFolder: (port) => port.pickFolder('照片'),
  print: (port) => port.print(),
  keepAwake: (port) => port.keepAwake(true),
  kiosk: (port) => port.kiosk(true),
  openFolder: (port) => port.openFolder(import.meta.dirname),
};

test.each(Object.keys(calls) as DesktopAbility[])(
  '%s: each port does what it says it does, and only that',
  async (ability) => {
    for (const port of [desktop, browserDesktop]) {
      const reply = await calls[ability](port);
      const expected =
        port.abilities[ability] === 'shell' ? { ok: true } : { ok: false, error: { code: 'NOT_OFFERED', ability } };
      expect(reply).toMatchObject(expected);
    }
  },
);

test('one block on sleep, however often it is asked for', () => {
  const { start, stop } = electron.module.powerSaveBlocker;
  desktop.keepAwake(false);
  start.mockClear();
  stop.mockClear();
  for (const on of [true, true, false, false]) desktop.keepAwake(on);
  expect([start.mock.calls, stop.mock.calls]).toEqual([[['prevent-display-sleep']], [[7]]]);
});

test('a cancelled choice is null', async () => {
  electron.module.dialog.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
  expect(await desktop.pickFolder('照片')).toEqual({ ok: true, value: null });
});

test('nothing but a folder is opened: the system would run a program', async () => {
  electron.module.shell.openPath.mockClear();
  for (const path of [import.meta.filename, join(import.meta.dirname, 'missing')]) {
    expect(await desktop.openFolder(path)).toEqual({ ok: true, value: false });
  }
  expect(electron.module.shell.openPath).not.toHaveBeenCalled();
});
