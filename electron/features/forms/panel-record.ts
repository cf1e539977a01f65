import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { ruledTable } from '../../printing/ruled-table.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { ExaminerLine, FormHead, PanelRecordFacts } from './form-facts.ts';
import { factTable, formTitle, minuteOf, quiet, sectionHead, sessionFacts } from './form-page.ts';
import { signaturePlaces } from './signature-place.ts';

export const panelRecordTitle = '考评小组记录';

const DUTIES: Record<ExaminerLine['duty'], string> = { lead: '考评组长', member: '考评员', reserve: '候补' };
const GRADES: Record<ExaminerLine['grade'], string> = { examiner: '考评员', senior: '高级考评员' };

/** 考评小组记录: who assessed in which room, how the panel came about, and what the rules said of it. */
export function panelRecordPages(head: FormHead, record: PanelRecordFacts): Content {
  const { draw } = record;
  return {
    stack: [
      formTitle(panelRecordTitle, head.sessionLabel),
      factTable([...sessionFacts(head), ['规则包', record.rulePack]]),
      ...(draw
        ? [
            sectionHead('随机抽取'),
            {
              stack: [
                `抽取编号 ${draw.drawId}，承诺公布于 ${writeWallTime(draw.atMs)}。`,
                { text: `承诺：${draw.commitmentSha256}`, fontSize: 8.5 },
                { text: `种子：${draw.seed ?? '未打开'}`, fontSize: 8.5 },
              ],
            } satisfies Content,
          ]
        : [quiet('本场考评小组未经随机抽取，由计划或委派确定，见下。')]),
      ...record.rooms.flatMap(roomPart),
      sectionHead('签名'),
      signaturePlaces(record.places),
      quiet('本记录由考点日志生成；“日志”一栏为条目序号，可凭封存包核对。'),
    ],
  };
}

function roomPart(room: PanelRecordFacts['rooms'][number]): Content[] {
  const heads = ['职责', '姓名', '级别', '证卡编号', '工作单位', '签到'].map(
    (text): TableCell => ({ text, alignment: 'center' }),
  );
  const people = room.panel.map((p): TableCell[] => [
    { text: DUTIES[p.duty], alignment: 'center' },
    p.name,
    GRADES[p.grade],
    { text: p.cardNumber, fontSize: 9 },
    { text: p.employer, fontSize: 9 },
    { text: p.signedOnAtMs === null ? '未签到' : writeWallTime(p.signedOnAtMs).slice(11), alignment: 'center' },
  ]);
  const small = (text: string): TableCell => ({ text, fontSize: 8.5 });
  return [
    sectionHead(`${room.roomName}`),
    ruledTable(heads, [mm(20), mm(26), mm(22), mm(34), '*', mm(18)], people),
    ...(room.changes.length > 0
      ? [
          { text: '委派经过', fontSize: 9.5, margin: [0, 5, 0, 2] } satisfies Content,
          ruledTable(
            ['时间', '事项', '变更后的小组', '理由', '经手', '日志'],
            [mm(28), mm(20), '*', mm(30), mm(20), mm(12)],
            room.changes.map((c) => [minuteOf(c.atMs), c.act, c.panel, c.reason, c.by, String(c.seq)].map(small)),
          ),
        ]
      : []),
    ...(room.evaluations.length > 0
      ? [
          { text: '合规核查', fontSize: 9.5, margin: [0, 5, 0, 2] } satisfies Content,
          ruledTable(
            ['时间', '环节', '结果', '事实摘要', '日志'],
            [mm(28), mm(18), '*', mm(22), mm(12)],
            room.evaluations.map((e) =>
              [
                minuteOf(e.atMs),
                e.stage,
                e.findings.length === 0 ? '各条规则均符合' : e.findings.join('\n'),
                e.factsSha256.slice(0, 12).toUpperCase(),
                String(e.seq),
              ].map(small),
            ),
          ),
        ]
      : []),
  ];
}
