import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';

const windows = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
const macChromium = '/Applications/Chromium.app/Contents/MacOS/Chromium';

test.each<[string, NodeJS.Platform, Record<string, string>, string[], [string, string, boolean] | null]>([
  ['none', 'linux', { PATH: '/usr/bin' }, [], null],
  ['Debian', 'linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium'], ['Chromium', '/usr/bin/chromium', false]],
  ['not in PATH', 'linux', {}, ['/opt/google/chrome/chrome'], ['Chrome', '/opt/google/chrome/chrome', false]],
  ['own PATH', 'linux', { PATH: '/home/x/bin' }, ['/home/x/bin/chromium'], ['Chromium', '/home/x/bin/chromium', false]],
  ['snap', 'linux', { PATH: '/bin' }, ['/snap/bin/chromium'], ['Chromium', '/snap/bin/chromium', true]],
  [
    'Chrome first',
    'linux',
    {},
    ['/usr/bin/chromium', '/usr/bin/google-chrome'],
    ['Chrome', '/usr/bin/google-chrome', false],
  ],
  ['Windows with Edge alone', 'win32', windows, [edge], ['Edge', edge, false]],
  ['Windows with both', 'win32', windows, [edge, chrome], ['Chrome', chrome, false]],
  ['macOS', 'darwin', { HOME: '/Users/x' }, [macChromium], ['Chromium', macChromium, false]],
  [
    'named',
    'linux',
    { KAODIAN_BROWSER: '/x/msedge' },
    ['/x/msedge', '/usr/bin/chromium'],
    ['Edge', '/x/msedge', false],
  ],
  ['named wrongly', 'linux', { KAODIAN_BROWSER: '/nowhere' }, ['/usr/bin/chromium'], null],
])('%s', (_, platform, env, files, expected) => {
  const found = findBrowser({ platform, env, isFile: (path) => files.includes(path) });
  expect(found === null ? null : [found.name, found.path, found.confined]).toEqual(expected);
});
