/** For tests: specimen forms. */
import type { ExaminerLine, FormHead, ScoreSheetFacts, SummaryFacts } from './form-facts.ts';
import type { Form } from './print-form.ts';
import type { Handwriting } from './signature-place.ts';

const START_MS = Date.UTC(2026, 2, 1, 1, 0);

export const head: FormHead = {
  siteName: '样本市第一考核点（样本）',
  filingNumber: '样本备〔2026〕001号',
  batch: '2026 年第一批（样本）',
  sessionLabel: '保育师四级操作技能（样本）',
  part: 'skills',
  occupation: '保育师',
  level: '4',
  startsAtMs: START_MS,
  endsAtMs: START_MS + 9_000_000,
  rehearsal: false,
};

/** A line like a hurried name: three strokes. */
export const handwriting = (seq = 1204): Handwriting => ({
  strokes: [
    Array.from({ length: 60 }, (_, i) => [
      120 + i * 4,
      Math.round(450 + 230 * Math.sin(i / 4) * Math.exp(-i / 60)),
      i * 12,
    ]),
    Array.from({ length: 50 }, (_, i) => [420 + i * 5, Math.round(500 + 200 * Math.cos(i / 3.2)), 900 + i * 12]),
    [
      [700, 200, 1700],
      [660, 560, 1790],
      [620, 800, 1860],
      [880, 640, 1990],
    ],
  ],
  atMs: START_MS + 9_720_000,
  entry: { station: 'KD-TEST-1', seq, leaf: 'ab12cd34'.repeat(8) },
});

export const examiners: ExaminerLine[] = (['lead', 'member', 'member'] as const).map((duty, i) => ({
  examinerId: `E${i + 1}`,
  name: ['许岚（样本）', '罗志明（样本）', '高敏（样本）'][i]!,
  duty,
  grade: duty === 'lead' ? 'senior' : 'examiner',
  cardNumber: `样本-2024-00${i + 1}`,
  employer: `第${'一二三'[i]}幼儿园（样本）`,
}));

const ITEMS = ['晨间接待与健康观察', '进餐照护', '清洁消毒操作', '睡眠照料', '意外伤害应急处理', '户外活动照护'];
const MAXIMA = [150, 150, 200, 150, 200, 150];

export const scoreSheet = (over: Partial<ScoreSheetFacts> = {}): ScoreSheetFacts => ({
  roomName: '201 考场',
  rubricTitle: '保育师四级操作技能评分标准（样本）',
  anonymousNumber: 'A03',
  seat: '3 号工位',
  examiner: examiners[0]!,
  items: ITEMS.map((title, i) => ({ title, maxTenths: MAXIMA[i]!, tenths: MAXIMA[i]! - 15 * i })),
  vetoes: [],
  note: '第 5 项操作顺序有误，及时改正。',
  lockedAtMs: START_MS + 9_600_000,
  checkCode: '4F1A 09CE',
  candidates: 6,
  corrections: [],
  place: { duty: '考评组长', standsFor: '本人评分', signed: handwriting() },
  ...over,
});

const NAMES = ['张䶮（样本）', '李小满（样本）', '欧阳青禾（样本）', '王一（样本）', '陈思远（样本）', '周可（样本）'];

export const summary = (over: Partial<SummaryFacts> = {}): SummaryFacts => ({
  roomName: '201 考场',
  passTenths: 600,
  combined: '成绩取各考评员总分的算术平均',
  examiners,
  rows: NAMES.map((name, i) => ({
    ticketNumber: `20260000000${i + 1}`,
    name,
    anonymousNumber: `A0${i + 1}`,
    seat: `${i + 1} 号工位`,
    totals: i === 4 ? [null, null, null] : [825 - 40 * i, 830 - 40 * i, 810 - 45 * i],
    scoreTenths: i === 4 || i === 3 ? null : 822 - 41 * i,
    result: i === 4 ? '缺考' : i === 3 ? '未确认' : '合格',
    remark: i === 3 ? '分差超过 10.0，待考评组长处理' : '',
  })),
  places: [
    ...examiners.map((e, i) => ({
      duty: e.duty === 'lead' ? '考评组长' : `考评员 ${i}`,
      standsFor: '本人评分',
      signed: i === 2 ? null : handwriting(1204 + i),
    })),
    ...['督导员', '登分人', '审核人', '批准人'].map((duty) => ({ duty, signed: null })),
  ],
  ...over,
});

const places = ['考评组长', '督导员', '考点负责人'].map((duty) => ({ duty, signed: null }));

export const forms = {
  'score-sheets': {
    kind: 'score-sheets',
    head,
    sheets: [
      scoreSheet(),
      scoreSheet({
        anonymousNumber: 'A04',
        vetoes: ['未经健康观察即接收幼儿'],
        place: { duty: '考评组长', standsFor: '本人评分', signed: null },
        corrections: [
          {
            atMs: START_MS + 12_000_000,
            item: ITEMS[1]!,
            fromTenths: 135,
            toTenths: 125,
            reason: '漏扣一项，复核后更正',
            by: '许岚、罗志明（样本）',
            places: ['考评组长', '复核人'].map((duty, i) => ({
              duty,
              standsFor: `${ITEMS[1]}的更正`,
              signed: handwriting(1300 + i),
            })),
          },
        ],
      }),
    ],
  },
  summary: { kind: 'summary', head, summary: summary() },
  'panel-record': {
    kind: 'panel-record',
    head,
    record: {
      rooms: [
        {
          roomName: '201 考场',
          panel: examiners.map((e, i) => ({ ...e, signedOnAtMs: i === 2 ? null : START_MS - 3_000_000 + i * 61_000 })),
          changes: [
            {
              atMs: START_MS - 86_400_000,
              act: '随机抽取',
              panel: '许岚（组长）、罗志明、何平',
              reason: '',
              by: '负责人（样本）',
              seq: 210,
            },
            {
              atMs: START_MS - 3_600_000,
              act: '自行回避',
              panel: '许岚（组长）、罗志明、高敏',
              reason: '教过考生所在班级',
              by: '何平（样本）',
              seq: 388,
            },
          ],
          evaluations: [
            { atMs: START_MS - 86_400_000, stage: '委派', findings: [], factsSha256: 'ab12'.repeat(16), seq: 211 },
            {
              atMs: START_MS - 3_000_000,
              stage: '签到',
              findings: ['提醒 supervision.present：到场督导员 0 人，应有 1 人。负责人接受：督导员在途'],
              factsSha256: 'cd34'.repeat(16),
              seq: 402,
            },
          ],
        },
      ],
      draw: {
        drawId: 'D-20260228',
        commitmentSha256: '9f86d081'.repeat(8),
        seed: '0a1b2c3d'.repeat(8),
        atMs: START_MS - 90_000_000,
      },
      rulePack: '保育师 第 2 版',
      places,
    },
  },
  'recusal-record': {
    kind: 'recusal-record',
    head,
    record: {
      entries: [
        {
          atMs: START_MS - 3_600_000,
          roomName: '201 考场',
          examiner: '何平（样本）',
          kind: '自行回避',
          clause: '',
          reason: '教过考生所在班级',
          outcome: '退出小组，由高敏（样本）替换',
          seq: 388,
        },
        {
          atMs: START_MS - 80_000_000,
          roomName: '202 考场',
          examiner: '罗志明（样本）',
          kind: '规则判定',
          clause: '考评员不得考评自己教过的班级（无锡市考评人员管理实施细则 第24条）',
          reason: '所教班级：K-1',
          outcome: '不予委派',
          seq: 233,
        },
      ],
      rulePack: '保育师 第 2 版',
      places,
    },
  },
} as const satisfies Record<Form['kind'], Form>;
