import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aPlan } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { admissionTickets, claimsOf } from './admission-tickets.ts';

const DAY_MS = 86_400_000;

/** The sample plan with a theory session the day before, in which the first candidates sit under the same numbers. */
function withTheory(sitting: number): Plan {
  const { plan } = aPlan();
  const [skills] = plan.sessions;
  const { startsAtMs, endsAtMs } = skills!;
  const theory = { ...skills!, sessionId: 'T1' as never, label: '理论', part: 'theory' as const, rubricId: null };
  plan.sessions.push({ ...theory, startsAtMs: startsAtMs - DAY_MS, endsAtMs: endsAtMs - DAY_MS });
  for (const c of plan.candidates.slice(0, sitting)) {
    const theirs = { candidateId: `T${c.candidateId}` as never, sessionId: 'T1' as never };
    plan.candidates.push({ ...c, ...theirs, roomId: '202' as never, workstationId: '202-1' as never });
  }
  return plan;
}

test('one number of one person is one ticket, its parts in the order of time', () => {
  const plan = withTheory(1);
  const tickets = admissionTickets(plan);
  expect(tickets.map((t) => t.parts.map((p) => p.part).join())).toEqual(['theory,skills', ...Array(11).fill('skills')]);
  expect(tickets[0]?.parts.map(({ sessionId, roomName, seat }) => [sessionId, roomName, seat])).toEqual([
    ['T1', '202 考场', '1 号工位'],
    ['S1', '201 考场', '1 号工位'],
  ]);
  expect(claimsOf(tickets[0]!, plan)).toMatchObject({ sessionIds: ['T1', 'S1'], level: '四级', siteId: 'SAMPLE-SITE' });
});

test('every place of the plan is on exactly one ticket, of that person, whatever the order of rows', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.infiniteStream(fc.nat()), (sitting, order) => {
      const plan = withTheory(sitting);
      const keys = new Map(plan.candidates.map((c) => [c, order.next().value]));
      plan.candidates.sort((a, b) => keys.get(a)! - keys.get(b)!);
      const tickets = admissionTickets(plan);
      const printed = tickets.flatMap((t) => t.parts.map((p) => `${t.documentNumber} ${p.sessionId}`));
      expect(printed.sort()).toEqual(plan.candidates.map((c) => `${c.documentNumber} ${c.sessionId}`).sort());
      expect(tickets.map((t) => t.ticketNumber)).toEqual(tickets.map((t) => t.ticketNumber).sort());
    }),
  );
});

test('one number given to two people is two tickets', () => {
  const plan = withTheory(2);
  const [, second] = plan.candidates.filter((c) => c.sessionId === 'T1');
  second!.ticketNumber = plan.candidates[0]!.ticketNumber;
  expect(admissionTickets(plan).filter((t) => t.ticketNumber === second!.ticketNumber)).toHaveLength(2);
});
