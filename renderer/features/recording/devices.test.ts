import { expect, test } from 'vitest';
import { assignDevices, openingFault, spareDevice } from './devices.ts';

const devices = (...ids: string[]) => ids.map((deviceId) => ({ deviceId, label: deviceId }));

test.each<[string, (string | null)[], string[], (string | null)[]]>([
  ['each camera gets the first free one', [null, null], ['a', 'b', 'c'], ['a', 'b']],
  ['a choice stands, and the others go around it', [null, 'a'], ['a', 'b'], ['b', 'a']],
  ['a device that is gone is replaced', ['gone', 'a'], ['a', 'b'], ['b', 'a']],
  ['one device chosen twice serves the first', ['a', 'a'], ['a', 'b'], ['a', 'b']],
  ['more cameras than devices', [null, null, null], ['a'], ['a', null, null]],
])('%s', (_name, chosen, present, assigned) => {
  expect(assignDevices(chosen, devices(...present))).toEqual(assigned);
});

test.each([
  ['NotAllowedError', 'permission'],
  ['NotFoundError', 'absent'],
  ['OverconstrainedError', 'absent'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
])('%s means %s', (name, fault) => {
  expect(openingFault(Object.assign(new Error(), { name }))).toBe(fault);
});

test.each<[string, (string | null)[], string | null]>([
  ['one is left over', ['a', 'b'], 'c'],
  ['a camera without a device leaves it to whoever fails', ['a', null], 'b'],
  ['all are in use', ['c', 'a', 'b'], null],
])('a spare: %s', (_name, inUse, deviceId) => {
  const devices = ['a', 'b', 'c'].map((id) => ({ deviceId: id, label: id }));
  expect(spareDevice(inUse, devices)?.deviceId ?? null).toBe(deviceId);
});
