import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { ruledTable } from '../../printing/ruled-table.ts';
import type { FormHead, RecusalRecordFacts } from './form-facts.ts';
import { factTable, formTitle, minuteOf, quiet, sectionHead, sessionFacts } from './form-page.ts';
import { signaturePlaces } from './signature-place.ts';

export const recusalRecordTitle = '回避记录';

/** 回避记录 of a session: who stood back, or should have by rule, why, and what was done. That nobody did is said as well. */
export function recusalRecordPages(head: FormHead, record: RecusalRecordFacts): Content {
  const small = (text: string): TableCell => ({ text, fontSize: 9 });
  return {
    stack: [
      formTitle(recusalRecordTitle, head.sessionLabel),
      factTable([...sessionFacts(head), ['规则包', record.rulePack]]),
      record.entries.length === 0
        ? { text: '本场次没有自行回避、要求回避或规则判定应回避的情形。', margin: [0, mm(4), 0, mm(4)], fontSize: 11 }
        : ruledTable(
            ['时间', '考场', '考评员', '类别', '依据', '事由', '处理', '日志'],
            [mm(18), mm(18), mm(26), mm(18), '*', mm(44), mm(44), mm(11)],
            record.entries.map((e) =>
              [minuteOf(e.atMs), e.roomName, e.examiner, e.kind, e.clause, e.reason, e.outcome, String(e.seq)].map(
                small,
              ),
            ),
          ),
      sectionHead('签名'),
      signaturePlaces(record.places, 4),
      quiet('本记录由考点日志生成；“日志”一栏为条目序号，可凭封存包核对。亲属等关系的具体内容不在本表记载。'),
    ],
  };
}
