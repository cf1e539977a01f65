import { expect, test } from 'vitest';
import { signedOffSession } from '../../../test/harness/exam-day.ts';
import { openTestStation } from '../../../test/harness/open-station.ts';
import { archive, seal } from './closing-calls.ts';

const DAY_MS = 86_400_000;

test.each([
  ['back by a day', -DAY_MS],
  ['forward by a month', 30 * DAY_MS],
])(
  'the clock set %s before sealing: the jump is on record, and the bundle stands every check',
  async (_how, jumpMs) => {
    const st = await openTestStation();
    await signedOffSession(st);
    const before = st.journal().length;
    st.clock.setWall(st.clock.wallMs() + jumpMs);
    st.tick();
    const bundle = await seal(st);
    expect(bundle.sealedAtMs).toBe(st.clock.wallMs());
    expect(bundle.tookMs).toBeGreaterThanOrEqual(0);
    const events = st.journal().slice(before);
    expect(events.map((e) => e.event)).toContain('site.clock-jumped');
    // The order is the journal's, whatever the clock says.
    expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => events[0]!.seq + i));
    const { claims } = await archive(st).verify({ bundleId: bundle.bundleId });
    expect(claims.filter((c) => c.result === 'fail')).toEqual([]);
  },
);
