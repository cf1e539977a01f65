import { isAbsolute, posix, win32 } from 'node:path';

/**
 * The station's data folder when none is named by `--data`:
 *
 * | platform | folder |
 * |---|---|
 * | Windows | `%LOCALAPPDATA%\Kaodian`, else `%APPDATA%\Kaodian`, else `<home>\AppData\Local\Kaodian` |
 * | macOS | `<home>/Library/Application Support/Kaodian` |
 * | Linux | `$XDG_DATA_HOME/kaodian`, else `<home>/.local/share/kaodian` |
 *
 * Local before roaming on Windows: a day of video must not be copied to a domain server at log-off.
 * A relative XDG_DATA_HOME is ignored, as the XDG base directory specification asks.
 */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') {
    const base = env.LOCALAPPDATA || env.APPDATA || win32.join(home, 'AppData', 'Local');
    return win32.join(base, 'Kaodian');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Kaodian');
  const xdg = env.XDG_DATA_HOME;
  return posix.join(xdg && isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'kaodian');
}
