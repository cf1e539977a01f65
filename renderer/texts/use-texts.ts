import { type Language, useLanguage } from './language.tsx';

/** One area's words in both languages. */
export type Texts<T> = Record<Language, T>;

/**
 * Joins the two files of an area. The Chinese file makes the type, the English one must satisfy it: a sentence added
 * to one language alone does not compile.
 */
export const texts = <T>(zh: T, en: NoInfer<T>): Texts<T> => ({ 'zh-CN': zh, en });

/** The words of an area in the window's language: `const t = useTexts(doorTexts)`. */
export function useTexts<T>(area: Texts<T>): T {
  return area[useLanguage().language];
}
