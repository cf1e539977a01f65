import { expect, test } from 'vitest';
import { browserDesktop } from './browser-desktop.ts';
import { runStation } from './station-parts.ts';

const options = { dataDir: '/d', resourcesDir: '/r', modelsDir: '/m', desktop: browserDesktop, keyWrap: null };
const served = { port: 0, rendererDir: '/x' };

function parts(order: string[], startServer: () => Promise<void>) {
  return {
    openStation: async () => ({ close: async () => void order.push('station closed') }),
    startServer: async () => {
      await startServer();
      return { origin: 'http://o', entryUrl: () => 'http://o/?t', close: async () => void order.push('server closed') };
    },
  };
}

test('the server closes before the station, and closing twice closes once', async () => {
  const order: string[] = [];
  const running = await runStation(
    parts(order, async () => {}),
    options,
    served,
  );
  await Promise.all([running.close(), running.close()]);
  expect(order).toEqual(['server closed', 'station closed']);
});

test('a server that cannot listen leaves no open station behind', async () => {
  const order: string[] = [];
  const busy = parts(order, () => Promise.reject(new Error('EADDRINUSE')));
  await expect(runStation(busy, options, served)).rejects.toThrow('could not listen');
  expect(order).toEqual(['station closed']);
});
