import type { PlanBook } from '../plan/plan-book.ts';
import type { FormsDeps } from './deps.ts';
import type { Issuer } from './forbidden-words.ts';
import type { ExaminerLine, FormHead } from './form-facts.ts';

export function headOf(deps: FormsDeps, book: PlanBook, sessionId: string): FormHead {
  const { part, occupation, level, startsAtMs, endsAtMs, label } = book.session(sessionId)!;
  const site = deps.site() ?? { siteName: book.plan.site.name, filingNumber: book.plan.site.filingNumber };
  return {
    siteName: site.siteName,
    filingNumber: site.filingNumber,
    batch: book.plan.batch,
    sessionLabel: label,
    rehearsal: deps.rehearsal,
    part,
    occupation,
    level,
    startsAtMs,
    endsAtMs,
  };
}

/** Who issues the forms: the site, on file or not; a government body where its rule pack says so. */
export const issuerOf = (deps: FormsDeps): Issuer => ({
  stateBody: !deps.rules()['forms.forbidden-words'],
  onFile: (deps.site()?.filingNumber ?? '') !== '',
});

/** Somebody of a panel as the plan knows them; one that the plan no longer has keeps the id alone. */
export function examinerLine(book: PlanBook, examinerId: string, duty: ExaminerLine['duty']): ExaminerLine {
  const e = book.examiner(examinerId);
  return {
    examinerId,
    duty,
    name: e?.name ?? examinerId,
    grade: e?.grade ?? 'examiner',
    cardNumber: e?.cardNumber ?? '',
    employer: e?.employer ?? '',
  };
}

/** The rule pack as a form cites it. */
export const packWords = (deps: FormsDeps): string => `${deps.pack().title.zh} 第 ${deps.pack().version} 版`;
