import { expect, test } from 'vitest';
import { workerUrl } from './worker-url.ts';

test.each([
  [
    'file:///station/electron/devices/card-camera/worker-url.ts',
    'file:///station/electron/devices/card-camera/worker.ts',
  ],
  ['file:///station/out/main/station-B1c2.js', 'file:///station/out/main/devices-card-worker.js'],
])('beside %s stands %s', (own, script) => {
  expect(workerUrl(own).href).toBe(script);
});
