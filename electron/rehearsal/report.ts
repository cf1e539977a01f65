import type { Played } from './step.ts';

/** report.json of a rehearsal, and what report.html shows. */
export interface RehearsalReport {
  format: 'kaodian-rehearsal/1';
  version: string;
  begunAt: string;
  tookMs: number;
  asExpected: boolean;
  /** Calls the desks made, those of the comparisons after a kill left out. */
  calls: number;
  acknowledged: number;
  stationStarts: number;
  kills: readonly { step: number; moment: number; afterMs: number | null; path: string }[];
  /** Where the live frames of each candidate came from. */
  liveFrames: Readonly<Record<string, string>>;
  notes: readonly string[];
  /** Error output of the station; a sound day has none. */
  complaints: string;
  sealCode: string | null;
  steps: readonly { step: string; title: Played['title']; result: string; zh: string; en: string; tookMs: number }[];
}

export const RESULT_WORDS: Readonly<Record<Played['result'], { mark: string; zh: string; en: string }>> = {
  running: { mark: '…', zh: '进行中', en: 'running' },
  'as-expected': { mark: '✓', zh: '符合', en: 'as expected' },
  'not-as-expected': { mark: '✕', zh: '不符', en: 'not as expected' },
  skipped: { mark: '–', zh: '跳过', en: 'skipped' },
};

/** The last line of a rehearsal, in the words of who reads only that. */
export function verdictOf(report: Pick<RehearsalReport, 'steps' | 'tookMs' | 'asExpected'>): {
  zh: string;
  en: string;
} {
  const count = (result: string) => report.steps.filter((s) => s.result === result).length;
  const [good, bad, skipped] = [count('as-expected'), count('not-as-expected'), count('skipped')];
  const seconds = (report.tookMs / 1000).toFixed(1);
  return report.asExpected
    ? {
        zh: `演练通过：${good} 步都符合预期，跳过 ${skipped} 步，用时 ${seconds} 秒`,
        en: `Rehearsal passed: ${good} steps as expected, ${skipped} skipped, ${seconds} s`,
      }
    : {
        zh: `演练没有通过：${bad} 步不符合预期，符合 ${good}，跳过 ${skipped}，用时 ${seconds} 秒。请先解决再开考。`,
        en: `Rehearsal failed: ${bad} steps not as expected, ${good} as expected, ${skipped} skipped, ${seconds} s. Solve it before an exam.`,
      };
}
