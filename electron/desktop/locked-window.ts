import { join } from 'node:path';
import { BrowserWindow, type Session, type WebContents } from 'electron';
import { mayNavigate, mayUse } from './permissions.ts';

/** The station's window: isolated, sandboxed, without node, and shown only when its first page is drawn. */
export function openLockedWindow(preloadDir: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f5f5f5',
    webPreferences: {
      preload: join(preloadDir, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // A room desk behind another window must go on encoding at full speed.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Puts the permission table before every way Chromium asks for a permission, and refuses devices altogether. */
export function guardPermissions(session: Session, stationOrigin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(mayUse({ permission, from: details.requestingUrl, isMainFrame: details.isMainFrame, media }, stationOrigin));
  });
  session.setPermissionCheckHandler((_contents, permission, from, details) =>
    mayUse(
      { permission, from, isMainFrame: details.isMainFrame, media: details.mediaType ? [details.mediaType] : [] },
      stationOrigin,
    ),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Keeps a page where it is: no other site, no second window, no embedded guest. Applies to whatever is created later too. */
export function lockNavigation(contents: WebContents, stationOrigin: () => string | null): void {
  const hold = (event: { preventDefault(): void; url: string }) => {
    const origin = stationOrigin();
    if (origin === null || !mayNavigate(event.url, origin)) event.preventDefault();
  };
  contents.on('will-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-frame-navigate', hold);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
