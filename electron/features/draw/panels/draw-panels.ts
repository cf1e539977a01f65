import { err, ok, type Result } from '../../../lib/result.ts';
import { oneByOne } from '../one-by-one.ts';
import type { DrawnSeat } from './check-draw.ts';
import { type DrawInput, type DrawInputFault, drawInputFaults } from './draw-input.ts';
import { drawSeats } from './lottery.ts';
import { type Model, modelOf } from './model.ts';
import { findWitness } from './witness.ts';

/** Changes with any change of the code that could change a result: it is published with the commitment. */
export const DRAW_CODE = 'kaodian-panel-draw/2';

export type DrawError =
  | { code: 'INPUT_FAULTY'; data: { faults: DrawInputFault[] } }
  /** No lawful assignment was found. `seats` could not be filled at the best try. */
  | { code: 'NO_LAWFUL_ASSIGNMENT'; data: { seats: Omit<DrawnSeat, 'examinerId'>[] } };

/** The assignment fixed before the seed; the lottery starts from it. */
export function witnessOf(input: DrawInput): Result<DrawnSeat[], DrawError> {
  const started = start(input);
  return started.ok ? ok(named(started.value.model, started.value.board.holder)) : started;
}

/** The drawn panels: determined by input and seed alone, on every machine. */
export function drawPanels(input: DrawInput, seed: Uint8Array): Result<DrawnSeat[], DrawError> {
  const started = start(input);
  if (!started.ok) return started;
  const { model, board } = started.value;
  return ok(
    named(
      model,
      drawSeats(board, (use, count) => oneByOne(seed, `panels/${use}`, count)),
    ),
  );
}

/**
 * Who was in the draw and got no seat, in the order in which they come for one that falls open: from the same seed, so that
 * nobody can choose a substitute. The examiners of the input without those drawn, permuted for the use `reserves`.
 */
export function reservesOf(input: DrawInput, drawn: readonly DrawnSeat[], seed: Uint8Array): string[] {
  const seated = new Set(drawn.map((d) => d.examinerId));
  const left = input.examiners.map((e) => e.examinerId as string).filter((id) => !seated.has(id));
  return [...oneByOne(seed, 'panels/reserves', left.length)].map((i) => left[i]!);
}

function start(input: DrawInput) {
  const faults = drawInputFaults(input);
  if (faults.length > 0) return err({ code: 'INPUT_FAULTY' as const, data: { faults } });
  const model = modelOf(input);
  const witness = findWitness(model);
  if (witness.ok) return ok({ model, board: witness.board });
  const seats = witness.unfilled.map((seat) => place(model, seat));
  return err({ code: 'NO_LAWFUL_ASSIGNMENT' as const, data: { seats } });
}

function place(model: Model, seat: number): Omit<DrawnSeat, 'examinerId'> {
  const { panel, role } = model.seats[seat]!;
  const { sessionId, roomId } = model.input.panels[panel]!;
  return { sessionId, roomId, role };
}

const named = (model: Model, holder: Int32Array): DrawnSeat[] =>
  model.seats.map((_, seat) => ({
    ...place(model, seat),
    examinerId: model.input.examiners[holder[seat]!]!.examinerId,
  }));
