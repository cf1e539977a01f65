import { RESULT_WORDS } from './report.ts';
import type { Played } from './step.ts';

export type Language = 'zh' | 'en';

/** Columns a text takes on a terminal: wide characters take two. */
export const columnsOf = (text: string): number =>
  [...text].reduce(
    (n, c) =>
      n +
      (/[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        c,
      )
        ? 2
        : 1),
    0,
  );

const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(1, columns - columnsOf(text)));

const TITLE_COLUMNS = 58;

/** One line of the table: result, step, time, what happened. */
export function tableLine(step: Played, language: Language): string {
  const word = RESULT_WORDS[step.result];
  const result = padded(`${word.mark} ${word[language]}`, language === 'zh' ? 8 : 18);
  const took = `${(step.tookMs / 1000).toFixed(1)} s`.padStart(7);
  return `${result}${padded(step.title[language], TITLE_COLUMNS)}${took}  ${step.found[language]}`;
}

export function tableHead(language: Language): string {
  const [result, step, took, what] =
    language === 'zh' ? ['结果', '步骤', '用时', '经过'] : ['result', 'step', 'took', 'what happened'];
  const line = `${padded(result!, language === 'zh' ? 8 : 18)}${padded(step!, TITLE_COLUMNS)}`;
  return `${line}${' '.repeat(Math.max(0, 7 - columnsOf(took!)))}${took}  ${what}`;
}
