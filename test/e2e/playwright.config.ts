import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { fakeCamera, testBrowser } from './harness/browser.ts';

const browser = await testBrowser();
/** Set to a folder, the README's pictures are made there instead of testing anything. */
const pictures = process.env.KAODIAN_PICTURES;

/** What a head, a scanner or a live picture does in time is played alone, after the others: a small machine is late with two cameras at once. */
const inTime = ['door-turn.spec.ts', 'door-blocked.spec.ts', 'scanner.spec.ts', 'live.spec.ts'];

/** Specs start their own stations, so they may run side by side; two at a time is what a small machine carries. */
export default defineConfig({
  workers: 2,
  // Cameras, keys and clocks are real here: on a small machine with other work a test may be late once. Twice is a defect.
  retries: 1,
  timeout: 90_000,
  // Long enough for a machine that does something else as well; nothing waits longer than it must.
  expect: { timeout: 15_000 },
  fullyParallel: false,
  forbidOnly: true,
  outputDir: resolve(import.meta.dirname, '../../test-results'),
  reporter: 'list',
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser.executablePath,
      // Routers in tests stand on this machine's loopback, which browsers leave out otherwise.
      args: [...browser.args, ...fakeCamera(), '--allow-loopback-in-peer-connection'],
      env: { ...(process.env as Record<string, string>), ...browser.env },
    },
  },
  projects: [
    { name: 'served', testDir: '.', testMatch: pictures ? 'pictures*.ts' : '*.spec.ts', testIgnore: inTime },
    ...(pictures
      ? []
      : [
          { name: 'in-time', testDir: '.', testMatch: inTime, dependencies: ['served'], workers: 1 },
          { name: 'electron', testDir: '../desktop', testMatch: '*.spec.ts' },
        ]),
  ],
});
