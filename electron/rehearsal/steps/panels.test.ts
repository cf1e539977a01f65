import { expect, test } from 'vitest';
import { openDoor, S1 } from '../../../test/harness/exam-day.ts';
import { openTestStation, PIN } from '../../../test/harness/open-station.ts';
import { LEAD } from '../cast.ts';
import type { Day } from '../day.ts';
import { Ledger } from '../ledger.ts';
import { assignPanels, drawPanels } from './panels.ts';

test('the scenes of assignment and draw leave the panels of the plan, and can be played again after a kill', async () => {
  const st = await openTestStation();
  const { name } = st.member('supervisor');
  const day = {
    desks: new Map([[LEAD, { station: st.as('site-lead') }]]),
    cast: [{ key: 'supervisor', name, pin: PIN }],
    ledger: new Ledger(),
  } as unknown as Day;
  for (const step of [assignPanels, assignPanels, drawPanels, drawPanels]) await step.play(day);
  const { rooms } = await st.as('site-lead').assignment.board({ sessionId: S1 });
  expect(rooms.map((r) => r.seats.map((s) => s.examiner?.examinerId as string).toSorted())).toEqual([
    ['E01', 'E02', 'E03'],
    ['E04', 'E05', 'E06'],
  ]);
  const events = st.journal().map((e) => e.event);
  expect(events.filter((e) => e === 'assignment.draw-cancelled')).toHaveLength(2);
  expect(events.filter((e) => e === 'assignment.refused').length).toBeGreaterThan(2);
  await openDoor(st);
});
