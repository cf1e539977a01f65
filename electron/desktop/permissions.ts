/** Who asks for a permission, as Electron tells it. */
export interface PermissionAsk {
  permission: string;
  /** The asking frame's origin, or a URL of it. */
  from: string;
  isMainFrame: boolean;
  /** For `media`: what is asked for. Empty when a screen is to be captured. */
  media: readonly string[];
}

const MEDIA = new Set(['video', 'audio']);

/**
 * The whole permission table: camera and microphone, and writing plain text to the clipboard (a key to be sent, an
 * address to be opened), for the top frame of the station's own origin. Everything else (location, notifications, screen
 * capture, USB, serial, HID, Bluetooth, clipboard reading, full screen, opening other programs, what Chromium adds next
 * year) is refused.
 */
export function mayUse(ask: PermissionAsk, stationOrigin: string): boolean {
  if (!ask.isMainFrame || !sameOrigin(ask.from, stationOrigin)) return false;
  if (ask.permission === 'clipboard-sanitized-write') return true;
  return ask.permission === 'media' && ask.media.length > 0 && ask.media.every((kind) => MEDIA.has(kind));
}

/** The window stays in the station: only its own pages, by http or https, without a user name in the address. */
export function mayNavigate(url: string, stationOrigin: string): boolean {
  return sameOrigin(url, stationOrigin);
}

function sameOrigin(url: string, stationOrigin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, username, password } = new URL(url);
  // A blob: address carries the origin of its maker, so the scheme is looked at as well.
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' && origin === stationOrigin;
}
