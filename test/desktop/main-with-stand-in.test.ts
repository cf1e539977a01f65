// Electron's binary is not needed here, and nothing here proves that its window behaves: see electron.spec.ts for that.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ElectronStandIn, electronStandIn } from './electron-stand-in.ts';

const ORIGIN = 'http://127.0.0.1:40001';
const dataDir = mkdtempSync(join(tmpdir(), 'kaodian-main-'));
const argv = process.argv;
const said: string[] = [];
let electron: ElectronStandIn;
let order: string[];

beforeEach(() => {
  vi.resetModules();
  electron = electronStandIn();
  order = [];
  vi.doMock('electron', () => electron.module);
  vi.doMock('../../electron/station.ts', () => ({
    openStation: async (options: { dataDir: string; keyWrap: { kind: string }; desktop: { kind: string } }) => {
      order.push(`open ${options.dataDir === dataDir} ${options.desktop.kind} ${options.keyWrap.kind}`);
      return { close: async () => void order.push('station closed') };
    },
  }));
  vi.doMock('../../electron/http/server.ts', () => ({
    startServer: async (_station: unknown, { host }: { host: string }) => {
      order.push(`serve ${host}`);
      return { origin: ORIGIN, entryUrl: () => `${ORIGIN}/?once`, close: async () => void order.push('server closed') };
    },
  }));
  vi.doMock('../../electron/cli.ts', () => {
    order.push(`cli ${process.argv.slice(2).join(' ')}`);
    return {};
  });
  vi.spyOn(console, 'log').mockImplementation((line) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  process.argv = argv;
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Evaluates main as Electron does: first the module, then the ready event. */
async function startMain(...args: string[]) {
  process.argv = ['electron', '.', ...args];
  await import('../../electron/main.ts');
  electron.mainIsEvaluated();
}
async function openedWindow() {
  await startMain('--data', dataDir);
  await vi.waitFor(() => expect(electron.windows[0]?.loadURL).toHaveBeenCalledWith(`${ORIGIN}/?once`));
  return electron.windows[0]!;
}

test('the window is isolated and sandboxed, and opens on the one-time address', async () => {
  const { options } = await openedWindow();
  expect(order).toEqual(['open true electron os-keystore', 'serve 127.0.0.1']);
  expect(electron.module.app.enableSandbox).toHaveBeenCalled();
  const { preload, ...preferences } = options.webPreferences ?? {};
  expect(preload).toMatch(/out[\\/]preload[\\/]preload\.cjs$/);
  expect(preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    backgroundThrottling: false,
  });
});

test('a second copy leaves at once and shows the first one', async () => {
  electron.app.firstInstance = false;
  await startMain('--data', dataDir);
  expect([electron.app.exited, order]).toEqual([0, []]);

  electron = electronStandIn();
  vi.resetModules();
  vi.doMock('electron', () => electron.module);
  const window = await openedWindow();
  electron.app.emit('second-instance');
  expect([window.restore.mock.calls.length, window.focus.mock.calls.length]).toEqual([1, 1]);
});

test('navigation is held, windows and guests are refused', async () => {
  const { webContents } = await openedWindow();
  const held = (event: string, url: string) => {
    const preventDefault = vi.fn();
    webContents.emit(event, { url, preventDefault });
    return preventDefault.mock.calls.length === 1;
  };
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect([held(event, `${ORIGIN}/office`), held(event, 'https://evil.example/')]).toEqual([false, true]);
  }
  expect(held('will-attach-webview', '')).toBe(true);
  expect(webContents.openHandler?.({ url: `${ORIGIN}/` })).toEqual({ action: 'deny' });
});

test('permissions are asked of the table', async () => {
  await openedWindow();
  const { setPermissionRequestHandler, setPermissionCheckHandler, setDevicePermissionHandler } =
    electron.module.session.defaultSession;
  const request = (permission: string, requestingUrl: string) => {
    let answer: boolean | null = null;
    setPermissionRequestHandler.mock.calls[0]?.[0](
      null,
      permission,
      (given: boolean) => {
        answer = given;
      },
      { requestingUrl, isMainFrame: true, mediaTypes: ['video'] },
    );
    return answer;
  };
  expect([
    request('media', `${ORIGIN}/door`),
    request('media', 'https://evil.example/'),
    request('geolocation', ORIGIN),
  ]).toEqual([true, false, false]);
  const check = setPermissionCheckHandler.mock.calls[0]?.[0];
  expect(check(null, 'media', ORIGIN, { isMainFrame: true, mediaType: 'audio' })).toBe(true);
  expect(check(null, 'media', 'https://evil.example', { isMainFrame: true, mediaType: 'audio' })).toBe(false);
  expect(check(null, 'serial', ORIGIN, { isMainFrame: true })).toBe(false);
  expect(setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false);
});

test('leaving closes the server, then the station, once, and only then goes', async () => {
  await openedWindow();
  electron.app.emit('window-all-closed');
  electron.app.quit();
  expect(electron.app.exited).toBeNull();
  await vi.waitFor(() => expect(electron.app.exited).toBe(0));
  expect(order.slice(2)).toEqual(['server closed', 'station closed']);
});

test('a Linux session without a keyring falls back to the passphrase', async () => {
  electron.module.safeStorage.getSelectedStorageBackend.mockReturnValue('basic_text');
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  await openedWindow();
  expect(order[0]).toBe('open true electron passphrase');
});

test('--cli runs a command and opens no window', async () => {
  await startMain('--cli', 'verify', 'BAG');
  await vi.waitFor(() => expect(order).toEqual(['cli verify BAG']));
  expect(electron.windows).toEqual([]);
});

test('the preload shows the shell and its version, frozen, and nothing else', async () => {
  await import('../../electron/preload.ts');
  const { calls } = electron.module.contextBridge.exposeInMainWorld.mock;
  expect(calls).toEqual([['kaodianShell', { kind: 'electron', version: '' }]]);
  expect(Object.isFrozen(calls[0]?.[1])).toBe(true);
});
