import { expect, test } from 'vitest';
import { workerUrl } from './worker-url.ts';

test.each([
  [
    'file:///station/electron/devices/face-engine/worker-url.ts',
    'file:///station/electron/devices/face-engine/worker.ts',
  ],
  ['file:///station/out/main/station-B1c2.js', 'file:///station/out/main/devices-face-worker.js'],
  [
    'file:///C:/Program%20Files/Station/out/main/serve.js',
    'file:///C:/Program%20Files/Station/out/main/devices-face-worker.js',
  ],
])('beside %s stands %s', (own, script) => {
  expect(workerUrl(own).href).toBe(script);
});
