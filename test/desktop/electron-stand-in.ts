import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * A stand-in for the `electron` module: it records what the shell asks of Electron and answers as its documentation says.
 * A test that uses it proves the wiring and nothing about Chromium.
 *
 * `whenReady` resolves only after `mainIsEvaluated()`, as in Electron: a main module that waits for it at top level hangs
 * here as it would there.
 */
export function electronStandIn() {
  let ready = () => {};
  const readiness = new Promise<void>((resolve) => {
    ready = resolve;
  });

  class StandInContents extends EventEmitter {
    openHandler: ((details: { url: string }) => { action: string }) | null = null;
    print = vi.fn((_options: object, done: (success: boolean) => void) => done(true));
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
      this.openHandler = handler;
    }
  }

  class StandInWindow extends EventEmitter {
    static opened: StandInWindow[] = [];
    readonly options: Electron.BrowserWindowConstructorOptions;
    readonly webContents = new StandInContents();
    loadURL = vi.fn(async (_url: string) => {});
    show = vi.fn();
    focus = vi.fn();
    restore = vi.fn();
    setKiosk = vi.fn();
    isMinimized = () => true;
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super();
      this.options = options;
      StandInWindow.opened.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
  }

  class StandInApp extends EventEmitter {
    isPackaged = false;
    firstInstance = true;
    exited: number | null = null;
    quits = 0;
    whenReady = () => readiness;
    requestSingleInstanceLock = () => this.firstInstance;
    setPath = vi.fn();
    enableSandbox = vi.fn();
    exit = (code: number) => {
      this.exited = code;
    };
    /** As Electron does: asks first, and leaves only when nobody objects. */
    quit = () => {
      this.quits += 1;
      let objected = false;
      this.emit('before-quit', { preventDefault: () => (objected = true) });
      if (!objected) this.exited = 0;
    };
  }

  const app = new StandInApp();
  const session = {
    defaultSession: {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
    },
  };
  const safeStorage = {
    getSelectedStorageBackend: vi.fn(() => 'gnome_libsecret'),
    isAsyncEncryptionAvailable: vi.fn(async () => true),
    encryptStringAsync: vi.fn(async (text: string) => Buffer.from(`locked:${text}`)),
    decryptStringAsync: vi.fn(async (bytes: Buffer) => {
      const text = bytes.toString();
      if (!text.startsWith('locked:')) throw new Error('Error while decrypting the ciphertext');
      return { result: text.slice(7), shouldReEncrypt: false };
    }),
  };
  const powerSaveBlocker = { start: vi.fn(() => 7), stop: vi.fn() };
  const shell = { openPath: vi.fn(async () => '') };
  const dialog = {
    showErrorBox: vi.fn(),
    showOpenDialog: vi.fn(async () => ({ canceled: false, filePaths: ['/chosen'] })),
  };
  const utilities: StandInUtility[] = [];
  class StandInUtility extends EventEmitter {
    pid: number | undefined = 4711;
    readonly stderr = Object.assign(new EventEmitter(), { setEncoding: vi.fn() });
    postMessage = vi.fn();
    kill = vi.fn(() => this.emit('exit', 15));
  }
  const utilityProcess = {
    fork: vi.fn((_path: string, _args: string[], _options: object) => {
      const one = new StandInUtility();
      utilities.push(one);
      return one;
    }),
  };
  const contextBridge = { exposeInMainWorld: vi.fn() };
  return {
    module: {
      app,
      BrowserWindow: StandInWindow,
      session,
      safeStorage,
      powerSaveBlocker,
      shell,
      dialog,
      contextBridge,
      utilityProcess,
    },
    utilities,
    app,
    windows: StandInWindow.opened,
    mainIsEvaluated: () => ready(),
  };
}

export type ElectronStandIn = ReturnType<typeof electronStandIn>;
