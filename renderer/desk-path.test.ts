import { expect, test } from 'vitest';
import { deskPathOf } from './desk-path.ts';

test.each([
  ['/', { kind: 'home' }],
  ['/setup', { kind: 'setup' }],
  ['/door/R1', { kind: 'door', roomId: 'R1', lane: 1 }],
  ['/door/R1/1', { kind: 'door', roomId: 'R1', lane: 1 }],
  ['/door/R1/2', { kind: 'door', roomId: 'R1', lane: 2 }],
  ['/door/R1/4/', { kind: 'door', roomId: 'R1', lane: 4 }],
  ['/door/R1/sign', { kind: 'sign', roomId: 'R1' }],
  ['/door/sign', { kind: 'door', roomId: 'sign', lane: 1 }],
  ['/room/R-201/', { kind: 'room', roomId: 'R-201' }],
  ['/examiner', { kind: 'examiner' }],
  ['/office', { kind: 'office' }],
  ['/door', { kind: 'nowhere' }],
  ['/door/../x', { kind: 'nowhere' }],
  ['/door/R1/more', { kind: 'nowhere' }],
  ['/door/R1/0', { kind: 'nowhere' }],
  ['/door/R1/5', { kind: 'nowhere' }],
  ['/door/R1/02', { kind: 'nowhere' }],
  ['/door/R1/2/3', { kind: 'nowhere' }],
  ['/room/R1/2', { kind: 'nowhere' }],
  ['/door/%2e%2e', { kind: 'nowhere' }],
  ['/office/R1', { kind: 'nowhere' }],
  ['/elsewhere', { kind: 'nowhere' }],
])('%s', (path, wanted) => {
  expect(deskPathOf(path)).toEqual(wanted);
});
