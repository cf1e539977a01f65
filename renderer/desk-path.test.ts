import { expect, test } from 'vitest';
import { deskPathOf } from './desk-path.ts';

test.each([
  ['/', { kind: 'home' }],
  ['/setup', { kind: 'setup' }],
  ['/door/R1', { kind: 'door', roomId: 'R1' }],
  ['/room/R-201/', { kind: 'room', roomId: 'R-201' }],
  ['/examiner', { kind: 'examiner' }],
  ['/office', { kind: 'office' }],
  ['/door', { kind: 'nowhere' }],
  ['/door/../x', { kind: 'nowhere' }],
  ['/door/R1/more', { kind: 'nowhere' }],
  ['/door/%2e%2e', { kind: 'nowhere' }],
  ['/office/R1', { kind: 'nowhere' }],
  ['/elsewhere', { kind: 'nowhere' }],
])('%s', (path, wanted) => {
  expect(deskPathOf(path)).toEqual(wanted);
});
