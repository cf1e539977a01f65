import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Sheet = z.object({ roomId: z.string(), examinerId: z.string() });

export const scoringEvents = {
  numbersDrawn: event(
    'scoring.numbers-drawn',
    '抽定匿名号',
    'Anonymous numbers were drawn',
    z.object({ roomId: z.string(), numbers: z.record(z.string(), z.string()) }),
  ),
  marked: event(
    'scoring.marked',
    '打分（草稿）',
    'A draft mark was set or cleared',
    Sheet.extend({
      number: z.string(),
      itemId: z.string(),
      tenths: z.int().nullable(),
      before: z.int().nullable(),
    }),
  ),
  noted: event('scoring.noted', '写备注（草稿）', 'A draft note was written', Sheet.extend({ number: z.string() })),
  locked: event(
    'scoring.locked',
    '锁定评分',
    'Marks were locked',
    Sheet.extend({ checkCode: z.string(), marksSha256: z.string(), totals: z.record(z.string(), z.int()) }),
  ),
  revealed: event(
    'scoring.revealed',
    '全组锁定，评分公开',
    'All have locked; marks lie open',
    z.object({ roomId: z.string() }),
  ),
  signed: event(
    'scoring.signed',
    '签名交出评分',
    'Marks were signed',
    Sheet.extend({ checkCode: z.string(), evidenceId: z.string(), sha256: z.string() }),
  ),
  decisionMade: event(
    'scoring.decision-made',
    '定分、更正或违纪处理（第一人签字）',
    'A conference, correction or code was decided and signed by the first person',
    z.object({
      decisionId: z.string(),
      kind: z.string(),
      roomId: z.string(),
      number: z.string(),
      checkCode: z.string(),
      contentSha256: z.string(),
      evidenceId: z.string(),
      sha256: z.string(),
    }),
  ),
  decisionChecked: event(
    'scoring.decision-checked',
    '复核人签字，或不同意',
    'The second person signed a decision, or did not agree',
    z.object({
      decisionId: z.string(),
      agrees: z.boolean(),
      checkCode: z.string(),
      evidenceId: z.string(),
      sha256: z.string(),
    }),
  ),
  keeperDeclared: event(
    'scoring.keeper-declared',
    '成绩管理员声明不是考务人员、不是培训教师',
    'A score keeper declared to be neither site staff nor trainer',
    z.object({}),
  ),
  theoryTyped: event(
    'scoring.theory-typed',
    '录入理论分数（不显示分数）',
    'A theory mark was typed (the mark is not shown)',
    z.object({ candidateId: z.string() }),
  ),
  typingFinished: event(
    'scoring.typing-finished',
    '一人录完',
    'One of two has typed all marks',
    z.object({ marksSha256: z.string(), marks: z.int() }),
  ),
  differenceSettled: event(
    'scoring.difference-settled',
    '两人录入不同，共同核定',
    'A mark typed differently was settled by both',
    z.object({
      candidateId: z.string(),
      typed: z.array(z.int()),
      tenths: z.int(),
      reason: z.string(),
      secondStaffId: z.string(),
    }),
  ),
  theoryAccepted: event(
    'scoring.theory-accepted',
    '理论成绩入库，签名',
    'Theory marks were accepted and signed',
    z.object({
      source: z.string(),
      fileSha256: z.string().nullable(),
      checkCode: z.string(),
      marksSha256: z.string(),
      marks: z.int(),
      evidenceId: z.string(),
      sha256: z.string(),
    }),
  ),
  rubricsAdopted: event(
    'scoring.rubrics-adopted',
    '导入评分表',
    'Rubrics were imported',
    z.object({ fileSha256: z.string(), rubrics: z.array(z.object({ rubricId: z.string(), sha256: z.string() })) }),
  ),
  partPassesAdded: event(
    'scoring.part-passes-added',
    '导入已合格科目',
    'Parts passed before were imported',
    z.object({ fileSha256: z.string(), passes: z.int(), added: z.int() }),
  ),
  fileRefused: refusal(
    'scoring.file-refused',
    '文件有错，没有导入',
    'A file with faults was not imported',
    z.object({ what: z.string(), fileSha256: z.string(), codes: z.array(z.string()) }),
  ),
  refused: refusal(
    'scoring.refused',
    '评分操作没有做',
    'A marking step was refused',
    z.object({ step: z.string(), code: z.string(), roomId: z.string() }),
  ),
};
