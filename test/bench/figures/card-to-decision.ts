import { chooseAead } from '../../../electron/vault/age/age.ts';
import { soak } from '../../scenarios/soak/soak-run.ts';
import { type Benchmark, rounded } from '../bench-line.ts';
import { percentile } from '../measure.ts';

const CHECKINS = 100;

/**
 * What a person at the door waits for the station: from the card it has read to the decision, over two lanes at once, with the
 * real engine and photographs of real faces. How long the card takes on the wire and the person before the camera is theirs.
 */
export const cardToDecision: Benchmark = async (print) => {
  await chooseAead();
  const { checkins, decisionMs, seconds, faults } = await soak(CHECKINS, Number.POSITIVE_INFINITY, () => undefined);
  if (checkins < CHECKINS) throw new Error(`only ${checkins} came in: ${faults[0]}`);
  print({
    name: 'card-to-decision.station-share-p95',
    value: rounded(percentile(decisionMs, 0.95)),
    unit: 'ms',
    goal: '<= 400',
    note: `p50 ${rounded(percentile(decisionMs, 0.5))} ms; ${CHECKINS} check-ins from two lanes in ${seconds} s; ticket, plan photograph and three frames`,
  });
};
