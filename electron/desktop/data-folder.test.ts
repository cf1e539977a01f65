import { expect, test } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

test.each<[NodeJS.Platform, Record<string, string>, string, string]>([
  ['linux', {}, '/home/site', '/home/site/.local/share/kaodian'],
  ['linux', { XDG_DATA_HOME: '/srv/data' }, '/home/site', '/srv/data/kaodian'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/site', '/home/site/.local/share/kaodian'],
  ['darwin', {}, '/Users/site', '/Users/site/Library/Application Support/Kaodian'],
  ['win32', { LOCALAPPDATA: 'C:\\L', APPDATA: 'C:\\R' }, 'C:\\Users\\site', 'C:\\L\\Kaodian'],
  ['win32', { APPDATA: 'C:\\R' }, 'C:\\Users\\site', 'C:\\R\\Kaodian'],
  ['win32', {}, 'C:\\Users\\site', 'C:\\Users\\site\\AppData\\Local\\Kaodian'],
])('on %s with %j', (platform, env, home, folder) => {
  expect(defaultDataFolder(platform, env, home)).toBe(folder);
});
