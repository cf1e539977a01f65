import { err, ok, type Result } from '../../lib/result.ts';
import { type Content, type Printed, printPdf } from '../../printing/print-pdf.ts';
import { type ForbiddenWord, forbiddenWords, type Issuer } from './forbidden-words.ts';
import type { FormHead, PanelRecordFacts, RecusalRecordFacts, ScoreSheetFacts, SummaryFacts } from './form-facts.ts';
import { panelRecordPages, panelRecordTitle } from './panel-record.ts';
import { recusalRecordPages, recusalRecordTitle } from './recusal-record.ts';
import { scoreSheetPage, scoreSheetTitle } from './score-sheet.ts';
import { summaryPages, summaryTitle } from './summary-sheet.ts';

/** One printed thing with all that stands on it. */
export type Form =
  | { kind: 'score-sheets'; head: FormHead; sheets: readonly ScoreSheetFacts[] }
  | { kind: 'summary'; head: FormHead; summary: SummaryFacts }
  | { kind: 'panel-record'; head: FormHead; record: PanelRecordFacts }
  | { kind: 'recusal-record'; head: FormHead; record: RecusalRecordFacts };

export type FormRefused = { code: 'FORBIDDEN_WORD'; data: { found: ForbiddenWord[] } };

/** A PDF of the form, or the words it may not print. The same form at the same time is the same bytes. */
export async function printForm(
  form: Form,
  where: { issuer: Issuer; fontsDir: string; madeAtMs: number },
): Promise<Result<Printed, FormRefused>> {
  const { head } = form;
  const found = forbiddenWords(titledTexts(form), where.issuer);
  if (found.length > 0) return err({ code: 'FORBIDDEN_WORD', data: { found } });
  const title = titleOf(form);
  const printed = await printPdf(
    {
      title: `${title} ${head.sessionLabel}`,
      author: head.siteName,
      madeAtMs: where.madeAtMs,
      content: contentOf(form),
      ...(head.rehearsal && { header: { text: '演练样张，不作凭证', alignment: 'center', fontSize: 11 } }),
      footer: `${head.siteName} · ${head.sessionLabel} · ${title}`,
      numbering: 'official',
      orientation: form.kind === 'summary' || form.kind === 'recusal-record' ? 'landscape' : 'portrait',
    },
    where.fontsDir,
  );
  return ok(printed);
}

function contentOf(form: Form): Content[] {
  switch (form.kind) {
    case 'score-sheets':
      return form.sheets.map((sheet, i) => ({
        stack: [scoreSheetPage(form.head, sheet)],
        ...(i > 0 && { pageBreak: 'before' as const }),
      }));
    case 'summary':
      return [summaryPages(form.head, form.summary)];
    case 'panel-record':
      return [panelRecordPages(form.head, form.record)];
    case 'recusal-record':
      return [recusalRecordPages(form.head, form.record)];
  }
}

const titleOf = (form: Form): string =>
  ({
    'score-sheets': scoreSheetTitle(form.head),
    summary: summaryTitle,
    'panel-record': panelRecordTitle,
    'recusal-record': recusalRecordTitle,
  })[form.kind];

/** What the body itself puts on the form; see `forbiddenWords` for what is not asked. */
function titledTexts(form: Form): string[] {
  const { siteName, batch, sessionLabel, occupation } = form.head;
  const rubrics = form.kind === 'score-sheets' ? form.sheets.map((s) => s.rubricTitle) : [];
  return [...new Set([titleOf(form), siteName, batch, sessionLabel, occupation, ...rubrics])];
}
