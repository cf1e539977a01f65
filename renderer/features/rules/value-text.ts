import type { rules } from '../../texts/zh-CN/rules.ts';

/** A value as a person reads it: yes and no in words, numbers and codes as they are. */
export const shownValue = (t: typeof rules, value: string | number | boolean): string =>
  typeof value === 'boolean' ? t.values[String(value)]! : String(value);
