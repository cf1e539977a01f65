/** A text in both languages of the station. */
export type TwoTongues = { zh: string; en: string };

/** One thing a bundle is claimed to be, and what looking found. `not-present` is never counted as passed. */
export type Claim = {
  /** `family.number`, stable. */
  id: string;
  /** The family in words: 完整 / Complete. */
  topic: TwoTongues;
  title: TwoTongues;
  result: 'pass' | 'fail' | 'not-present';
  detail: TwoTongues;
  /** The files a failure is about, by path inside the bundle. */
  files?: string[];
  /** A stock command that repeats the check, run inside the bundle. */
  command?: string;
};

export const TOPICS = {
  complete: { zh: '完整', en: 'Complete' },
  signature: { zh: '签名', en: 'Signature' },
  journal: { zh: '日志', en: 'Journal' },
  contents: { zh: '内容', en: 'Contents' },
  admission: { zh: '入场', en: 'Admission' },
  consent: { zh: '承诺与同意', en: 'Consent' },
  seating: { zh: '工位', en: 'Workstations' },
  inspection: { zh: '抽查', en: 'Inspections' },
  presence: { zh: '在场', en: 'Presence' },
  rules: { zh: '规则', en: 'Rules' },
  coverage: { zh: '录像覆盖', en: 'Coverage' },
  marks: { zh: '评分', en: 'Marks' },
  lawful: { zh: '考评小组', en: 'Panels' },
  draw: { zh: '抽签', en: 'Draw' },
  forms: { zh: '表册', en: 'Forms' },
  volumes: { zh: '案卷', en: 'Volumes' },
  supervision: { zh: '督导', en: 'Supervision' },
  certificates: { zh: '证书', en: 'Certificates' },
  declared: { zh: '缺项', en: 'Missing items' },
  chain: { zh: '前包', en: 'Chain' },
  time: { zh: '时间', en: 'Time' },
  delivery: { zh: '送达', en: 'Delivery' },
} as const satisfies Record<string, TwoTongues>;

type Family = keyof typeof TOPICS;
/** A claim before it was looked into. */
export type Question = { id: `${Family}.${number}`; title: TwoTongues; command?: string };
type More = { files?: readonly string[] };

const answer = (question: Question, result: Claim['result'], zh: string, en: string, more: More): Claim => ({
  ...question,
  topic: TOPICS[question.id.slice(0, question.id.indexOf('.')) as Family],
  result,
  detail: { zh, en },
  ...(more.files && more.files.length > 0 && { files: [...new Set(more.files)].sort() }),
});
export const pass = (question: Question, zh: string, en: string): Claim => answer(question, 'pass', zh, en, {});
export const fail = (question: Question, zh: string, en: string, files: readonly string[] = []): Claim =>
  answer(question, 'fail', zh, en, { files });
export const notPresent = (question: Question, zh: string, en: string, files: readonly string[] = []): Claim =>
  answer(question, 'not-present', zh, en, { files });

/** A stranger's text for a terminal or a page: no control or direction-changing characters, at most 300 of the rest. */
export const printable = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
