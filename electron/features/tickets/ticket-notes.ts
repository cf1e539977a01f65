import type { RulePack } from '../rules/rule-pack.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import type { AdmissionTicket } from './admission-tickets.ts';
import { DOCUMENTS, type Words } from './ticket-words.ts';

/**
 * What the holder must know to be let in (考生须知), from the rule pack that the plan names: which documents, when the
 * doors open, how late is too late. What the pack does not ask is not printed.
 */
export function ticketNotes(ticket: AdmissionTicket, pack: RulePack, rules: RuleValues): Words[] {
  const [document] = DOCUMENTS[ticket.documentType];
  const opens = rules['admission.enter-before-minutes'];
  const late = rules['admission.late-after-minutes'];
  const leave = rules['admission.leave-after-minutes'];
  const notes: Words[] = [
    rules['admission.ticket-required']
      ? [
          `入场须同时出示本准考证和有效的${document}原件，缺一不可；与证件不符的，请考前申请更正。`,
          'Bring both this ticket and the original of the document named above. If they differ, have it corrected beforehand.',
        ]
      : [
          `入场须出示有效的${document}原件；与证件不符的，请考前申请更正。`,
          'Bring the original of the document named above. If this ticket differs from it, have it corrected beforehand.',
        ],
    [
      `开考前 ${opens} 分钟开始入场，开考 ${late} 分钟后不得入场；以上表“入场”一栏的时间为准。`,
      `Doors open ${opens} minutes before the start; nobody is let in more than ${late} minutes after it. See "Doors" above.`,
    ],
    [`开考 ${leave} 分钟后方可离场。`, `Nobody leaves in the first ${leave} minutes.`],
  ];
  if (pack.clauses.some((clause) => clause.id === 'admission.face-not-only-way')) {
    notes.push([
      '入场时核对本人、证件和准考证。人脸比对须经本人同意；不同意的，由工作人员人工核对，不影响考试。',
      'You, your document and this ticket are compared at the door. Faces are compared by machine only with your consent; otherwise staff do it.',
    ]);
  }
  notes.push([
    '本准考证限本人使用。二维码请平整打印，勿折叠、涂改、转发：此码已有人用过的，须人工核实。',
    'For the named person alone. Keep the code flat and clean and do not share it: staff look into a code already used.',
  ]);
  return notes;
}
