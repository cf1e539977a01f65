import { expect, test } from 'vitest';
import { Interruption, randomKillPoints } from './interruption.ts';

test('the same seed draws the same points; as many as asked for, none twice', () => {
  const points = randomKillPoints(20, 39, 7);
  expect(randomKillPoints(20, 39, 7)).toEqual(points);
  expect(randomKillPoints(20, 39, 8)).not.toEqual(points);
  expect(new Set(points.map((p) => `${p.step}.${p.moment}`)).size).toBe(20);
  expect(points.every((p) => p.step >= 0 && p.step < 39)).toBe(true);
});

test('every point is reached, also in a step that makes no call', async () => {
  let kills = 0;
  const interruption = new Interruption(async () => {
    kills += 1;
  });
  interruption.plan(12, 4, 3);
  for (let step = 0; step < 4; step += 1) {
    interruption.beginStep(step);
    if (step % 2 === 0) {
      await interruption.around('staff/add', async () => 'done');
      await interruption.around('staff/me', async () => 'read');
    }
    await interruption.endStep();
  }
  expect(kills).toBe(12);
  expect(interruption.done.some((p) => p.path === 'staff/me')).toBe(false);
});

test('an answer that came before the kill is handed over, and the station is gone afterwards', async () => {
  const order: string[] = [];
  const interruption = new Interruption(async () => {
    order.push('killed');
  });
  interruption.plan(5, 1, 1);
  interruption.beginStep(0);
  const answer = await interruption.around('checkin/admit', async () => {
    order.push('answered');
    return 'admitted';
  });
  expect(answer).toBe('admitted');
  expect(order).toContain('killed');
});
