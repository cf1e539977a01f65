import { describe, expect, test } from 'vitest';
import { mayNavigate, mayUse, type PermissionAsk } from './permissions.ts';

const STATION = 'http://127.0.0.1:17480';
const camera: PermissionAsk = { permission: 'media', from: `${STATION}/door`, isMainFrame: true, media: ['video'] };

describe('the permission table', () => {
  test.each<[string, Partial<PermissionAsk>, boolean]>([
    ['camera for the station', {}, true],
    ['microphone for the station', { media: ['audio'] }, true],
    ['camera and microphone', { media: ['video', 'audio'] }, true],
    ['the origin without a path', { from: STATION }, true],
    ['another port of this machine', { from: 'http://127.0.0.1:17481/' }, false],
    ['the same port by another name', { from: 'http://localhost:17480/' }, false],
    ['https in place of http', { from: 'https://127.0.0.1:17480/' }, false],
    ['a host that begins alike', { from: 'http://127.0.0.1:17480.evil.example/' }, false],
    ['a blob made by the station', { from: `blob:${STATION}/0e7f` }, false],
    ['a file', { from: 'file:///etc/passwd' }, false],
    ['nobody', { from: '' }, false],
    ['a frame inside the page', { isMainFrame: false }, false],
    ['the screen', { media: [] }, false],
    ['text for the clipboard', { permission: 'clipboard-sanitized-write', media: [] }, true],
    ['text for the clipboard, from elsewhere', { permission: 'clipboard-sanitized-write', from: '' }, false],
    ['camera and something new', { media: ['video', 'smell'] }, false],
  ])('%s', (_, change, allowed) => {
    expect(mayUse({ ...camera, ...change }, STATION)).toBe(allowed);
  });

  test.each([
    'geolocation',
    'notifications',
    'display-capture',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'serial',
    'usb',
    'hid',
    'bluetooth',
    'fileSystem',
    'pointerLock',
    'midi',
    'a permission of next year',
  ])('%s is refused even to the station', (permission) => {
    expect(mayUse({ ...camera, permission }, STATION)).toBe(false);
  });
});

test.each([
  [`${STATION}/`, true],
  [`${STATION}/office?x=1#y`, true],
  ['http://127.0.0.1/', false],
  ['https://127.0.0.1:17480/', false],
  ['http://127.0.0.1:17480@evil.example/', false],
  ['http://someone@127.0.0.1:17480/', false],
  [`blob:${STATION}/0e7f`, false],
  ['data:text/html,hello', false],
  ['javascript:alert(1)', false],
  ['file:///etc/passwd', false],
  ['about:blank', false],
  ['not an address', false],
])('navigation to %s: %s', (url, allowed) => {
  expect(mayNavigate(url, STATION)).toBe(allowed);
});
