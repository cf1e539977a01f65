import { err, ok, type Result } from '../../lib/result.ts';
import type { Evidence } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { FormsDeps } from './deps.ts';
import { keepForm } from './keep-form.ts';
import { formsOf, gatherForm } from './service.ts';

/** What the bundle says of its forms (`kaodian-forms/1`): which there are, and which entries their signatures cite. */
export interface FormsList {
  format: 'kaodian-forms/1';
  forms: {
    formId: string;
    /** Where it lies in the bundle; null where it was not printed. */
    path: string | null;
    /** Why it was not: not everybody locked, or words the body may not print. */
    refused: string | null;
    signed: { evidenceId: string; station: string; seq: number; leaf: string }[];
  }[];
}

export interface SealedForm {
  path: string;
  /** The PDF as it lies in the vault, encrypted to those the bundle is for. */
  evidence: Evidence;
  volume: 3 | 4;
  title: { zh: string; en: string };
}

const TITLES = {
  'score-sheets': { zh: '评分表', en: 'Score sheets' },
  summary: { zh: '成绩汇总表', en: 'Summary of results' },
  'panel-record': { zh: '考评小组记录', en: 'Panel record' },
  'recusal-record': { zh: '回避记录', en: 'Recusal record' },
} as const;

/**
 * Every form of a session as it is sealed, with the list of them. One that may not be printed is named in the list and keeps
 * nothing from being sealed: what it would say lies in the volumes as data.
 */
export async function sealedForms(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
): Promise<Result<{ forms: SealedForm[]; list: FormsList }, { code: 'KEYS_LOCKED' | 'DISK_FULL' }>> {
  // Whether the lead's signature stands is a question about the whole session: asked once, not once a room.
  const leadSignature = deps.leadSignature(sessionId);
  const once: FormsDeps = { ...deps, leadSignature: () => leadSignature };
  const forms: SealedForm[] = [];
  const list: FormsList = { format: 'kaodian-forms/1', forms: [] };
  for (const row of formsOf(once, book, sessionId)) {
    const { formId, kind, roomName, examiner } = row;
    const gathered = await gatherForm(once, book, sessionId, row);
    const made = gathered.ok ? await keepForm(once, { sessionId, formId }, gathered.value) : gathered;
    if (!made.ok) {
      if (made.error.code === 'KEYS_LOCKED' || made.error.code === 'DISK_FULL') return err({ code: made.error.code });
      const words = made.error.code === 'FORBIDDEN_WORD' ? made.error.data.found.map((f) => f.word) : [];
      list.forms.push({ formId, path: null, refused: [made.error.code, ...words].join(' '), signed: [] });
      continue;
    }
    const volume = kind === 'score-sheets' || kind === 'summary' ? 4 : 3;
    const path = `data/${volume === 4 ? '4-results' : '3-process'}/forms/${formId.replaceAll(':', '-')}.pdf.age`;
    const of = [roomName, examiner].filter((part) => part !== null).join(' ');
    const { zh, en } = TITLES[kind];
    const evidence = deps.vault.find(deps.db, made.value.evidenceId)!;
    forms.push({ path, evidence, volume, title: { zh: `${zh} ${of}`.trim(), en: `${en} ${of}`.trim() } });
    const signed = made.value.cited.map(({ evidenceId, entry }) => ({ evidenceId, ...entry }));
    list.forms.push({ formId, path, refused: null, signed });
  }
  return ok({ forms, list });
}
