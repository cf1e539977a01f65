import { useEffect, useRef, useState } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import { InstructionHold } from '../../features/checkin/instruction-hold.ts';
import type { Door } from './use-door.ts';

type Said = Guidance | 'good' | 'look-here';

/** The instruction as it may be shown now: each is held long enough to be read. A step of the head turn is shown at once. */
export function useHeldGuidance(door: Door): Said {
  const hold = useRef<{ attemptId: string | null; hold: InstructionHold<Said> }>(null);
  const [shown, setShown] = useState<Said>('look-here');
  const attempt = 'attempt' in door.scene ? door.scene.attempt : null;
  const attemptId = attempt?.attemptId ?? null;
  const step = attempt?.liveness.kind === 'going-on' ? attempt.liveness.say : null;
  const wanted: Said = door.guidance === undefined ? 'look-here' : (door.guidance ?? step ?? 'good');
  // The next step has begun: "and back" must not wait for "left" to have been read out.
  const urgent = step !== null && wanted === step;
  useEffect(() => {
    if (hold.current?.attemptId !== attemptId)
      hold.current = { attemptId, hold: new InstructionHold<Said>('look-here') };
    const { hold: held } = hold.current;
    const renew = () => setShown(held.next(wanted, performance.now(), urgent));
    renew();
    // The wish that had to wait is shown when its time comes, though no new frame brings it.
    const timer = setInterval(renew, 200);
    return () => clearInterval(timer);
  }, [attemptId, wanted, urgent]);
  return shown;
}
