import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import type { RoomId } from '../../electron/lib/ids.ts';
import { testBrowser } from '../e2e/harness/browser.ts';
import type { benchPlan } from './exam-day.ts';
import { usedSeconds } from './processes.ts';
import type { ServedStation } from './served-station.ts';

/** A browser of its own with four cameras of 15 frames a second, whose processes can be measured and killed. */
export interface CameraBrowser {
  readonly name: string;
  readonly pid: number;
  readonly page: Page;
  /** All its processes at once, as when the computer goes. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function cameraBrowser(): Promise<CameraBrowser> {
  const { executablePath, args, env, name } = await testBrowser();
  const server = await chromium.launchServer({
    executablePath,
    args: [...args, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=4,fps=15'],
    env: { ...process.env, ...env },
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const child = server.process() as ChildProcess;
  return {
    name,
    pid: child.pid!,
    page,
    async kill() {
      const gone = once(child, 'exit');
      for (const pid of family(child.pid!)) killOne(pid);
      await gone;
      await server.close().catch(() => undefined);
    },
    async close() {
      await browser.close().catch(() => undefined);
      await server.close();
    },
  };
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went with its parent.
  }
}

/** The room desk in that browser, recording; with the cookie of a window that the station let in. */
export async function recordRoom(
  { page }: CameraBrowser,
  station: ServedStation,
  cookie: string,
  roomId: RoomId,
): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: station.origin, httpOnly: true, sameSite: 'Strict' }]);
  await page.goto(`${station.origin}/room/${roomId}`);
  const on = page.getByRole('heading', { name: /在录$/ });
  for (let tries = 0; tries < 20; tries += 1) {
    await page.keyboard.press('Enter');
    const isOn = await on.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (isOn) return;
  }
  throw new Error('the desk does not record');
}

/** A process and all that descend from it. */
export function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const afterName = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]!.split(' ');
      parents.set(Number(entry), Number(afterName[1]));
    } catch {
      // It ended while the list was read.
    }
  }
  const found = [pid];
  for (let i = 0; i < found.length; i += 1) {
    for (const [child, parent] of parents) if (parent === found[i]) found.push(child);
  }
  return found;
}

/** Processor seconds that these families use for each second of `ms`. */
export async function usedPerSecond(pids: readonly number[], ms: number): Promise<number> {
  const used = () =>
    new Map(
      pids.flatMap(family).flatMap((pid): [number, number][] => {
        try {
          return [[pid, usedSeconds(pid)]];
        } catch {
          return [];
        }
      }),
    );
  const before = used();
  const begunMs = performance.now();
  await wait(ms);
  const seconds = (performance.now() - begunMs) / 1000;
  return [...used()].reduce((sum, [pid, now]) => sum + now - (before.get(pid) ?? 0), 0) / seconds;
}

/** The plan with four cameras in room 201; room 202 has one. */
export function fourCameras(day: ReturnType<typeof benchPlan>): ReturnType<typeof benchPlan> {
  const rooms = day.plan.rooms.map((room, i) =>
    i > 0
      ? room
      : { ...room, cameras: ['A', 'B', 'C', 'D'].map((c) => ({ cameraId: `${room.roomId}-${c}`, label: `${c} 机` })) },
  );
  return { ...day, plan: { ...day.plan, rooms } as typeof day.plan };
}
