import type { z } from 'zod';

/**
 * One kind of fact the journal can hold: its id (`feature.what-happened`), its meaning for the person who reads it in a
 * year, and the shape of its data. `refusal` marks facts about something that was not done.
 */
export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  readonly id: string;
  readonly meaning: { readonly zh: string; readonly en: string };
  readonly refusal: boolean;
  readonly data: S;
}

export const event = <S extends z.ZodType>(id: string, zh: string, en: string, data: S): EventDefinition<S> => ({
  id,
  meaning: { zh, en },
  refusal: false,
  data,
});

export const refusal = <S extends z.ZodType>(id: string, zh: string, en: string, data: S): EventDefinition<S> => ({
  id,
  meaning: { zh, en },
  refusal: true,
  data,
});
