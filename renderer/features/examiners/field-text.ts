import type { DossierView } from '../../../electron/features/examiners/contract.ts';
import type { examiners } from '../../texts/zh-CN/examiners.ts';

type Words = typeof examiners;
export type DossierField = keyof DossierView;

/** Lists that may be empty because there is none, or because nobody knows. */
const LISTS: ReadonlySet<string> = new Set([
  'scope',
  'appraisals',
  'trainingHours',
  'employers',
  'trainingPosts',
  'taught',
  'ties',
]);

/** A field of a dossier as lines a person reads. What is not known says so; an empty list is none. */
export function fieldLines(t: Words, field: DossierField, view: Partial<DossierView>): string[] {
  const value = view[field];
  if (value === undefined) return [];
  // Who is no supervisor has no first day as one.
  if (value === null) return [field === 'supervisorFrom' ? t.noneOfIt : t.notKnown];
  if (LISTS.has(field) && Array.isArray(value) && value.length === 0) {
    return [view.incomplete?.some((list) => list === field) ? t.notKnown : t.noneOfIt];
  }
  switch (field) {
    case 'grade':
      return [t.grades[value as string] ?? ''];
    case 'pool':
      return [t.pools[value as string] ?? ''];
    case 'scope':
      return view.scope!.map(
        (s) => `${s.occupation}　${s.levels?.map((l) => t.levels[l]).join('、') ?? t.levelsNotKnown}`,
      );
    case 'appraisals':
      return view.appraisals!.map((a) => `${a.year}　${t.results[a.result]}`);
    case 'trainingHours':
      return view.trainingHours!.map((h) => `${h.year}　${t.hours(h.hours)}`);
    case 'employers':
      return view.employers!.map((e) => `${e.name}　${t.stretch(e.from, e.until)}`);
    case 'trainingPosts':
      return view.trainingPosts!.map((e) => `${e.institution}　${t.stretch(e.from, e.until)}`);
    case 'taught':
      return view.taught!.map((e) => `${e.classId}　${t.stretch(e.from, e.until)}`);
    case 'ties':
      return view.ties!.map(
        ({ kind, to }) =>
          `${t.tieKinds[kind]}　${to.who === 'person' ? to.documentNumber : `${to.name} ${to.cardNumber}`}`,
      );
    case 'incomplete':
      return view.incomplete!.length === 0 ? [t.noneOfIt] : [view.incomplete!.map((l) => t.lists[l] ?? l).join('、')];
    default:
      return [String(value)];
  }
}
