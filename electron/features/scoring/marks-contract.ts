import { z } from 'zod';

/** Scores are whole tenths of a mark: 12.5 is 125. */
export const Tenths = z.int().min(0).max(100_000);

export const RubricItemView = z.object({
  itemId: z.string(),
  title: z.string(),
  maxTenths: Tenths,
  /** The part of the sheet (模块) it stands in. */
  section: z.string().optional(),
  /** Marks are whole numbers of these. */
  stepTenths: Tenths.optional(),
  /** How long a candidate may take for it. */
  minutes: z.int().optional(),
  deductions: z.array(z.object({ text: z.string(), tenths: Tenths })),
});

/** What fails a candidate outright (一票否决). */
export const VetoView = z.object({ vetoId: z.string(), text: z.string() });

/** Strokes of a signature: x, y in thousandths of the pad's width and height, t in ms since the first touch. */
export const Strokes = z
  .array(
    z
      .array(z.tuple([z.int().min(0).max(1000), z.int().min(0).max(1000), z.int().min(0).max(600_000)]))
      .min(1)
      .max(2000),
  )
  .min(1)
  .max(60);
export type Strokes = z.infer<typeof Strokes>;

/**
 * A cell of the draft: an item of the rubric, or what fails outright as `veto:` with its id. A veto that is found is 1,
 * anything else is null.
 */
export const CellId = z.string().regex(/^(?:veto:)?[A-Za-z0-9][A-Za-z0-9_.-]{0,19}$/);
export const vetoCell = (vetoId: string): string => `veto:${vetoId}`;
/** The veto a cell stands for; null for an item. */
export const vetoOf = (cellId: string): string | null => (cellId.startsWith('veto:') ? cellId.slice(5) : null);

/** The cell was written since this desk read it, at another desk of the same person: what stands now, and where from. */
export const changedElsewhere = <S extends z.ZodType>(value: S) => ({
  status: 409 as const,
  data: z.object({ now: value, version: z.int(), desk: z.string(), savedAtMs: z.number() }),
});
