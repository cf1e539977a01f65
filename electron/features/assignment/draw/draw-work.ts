import type { Result } from '../../../lib/result.ts';
import type { DrawnSeat } from '../../draw/panels/check-draw.ts';
import type { DrawInput } from '../../draw/panels/draw-input.ts';
import type { Shortage } from '../../draw/panels/shortage.ts';

export interface DrawnPanels {
  drawn: DrawnSeat[];
  /** Who was in the draw and got no seat, in the order in which they come for one. */
  reserves: string[];
  tookMs: number;
}

/** The computing of a draw, where it holds up nobody. */
export interface DrawWork {
  /** The assignment from which the lottery starts, by its hash; or why there is none. */
  witness(input: DrawInput): Promise<Result<{ witnessSha256: string }, { code: 'IMPOSSIBLE'; shortage: Shortage }>>;
  /** @param seed  32 bytes, lower-case hex */
  draw(input: DrawInput, seed: string): Promise<DrawnPanels>;
}
