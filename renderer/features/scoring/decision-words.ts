import type { ConferenceView, DecisionView } from '../../../electron/features/scoring/contract.ts';
import type { examiner } from '../../texts/zh-CN/examiner.ts';
import { formatMark } from './mark-text.ts';

type Words = typeof examiner;
type Rubric = ConferenceView['rubric'];

/** 甲 乙 丙 … by place in the panel. */
export const letterOf = (place: number): string => '甲乙丙丁戊己庚辛壬癸'[place] ?? String(place + 1);

const mark = (tenths: number | null): string => (tenths === null ? '–' : formatMark(tenths));

/** What a decision says, a line for each thing it changes. */
export function decisionLines(t: Words, rubric: Rubric, names: ReadonlyMap<string, string>, d: DecisionView): string[] {
  const { body } = d;
  const cell = (id: string): string =>
    rubric.items.find((i) => i.itemId === id)?.title ??
    rubric.vetoes.find((v) => `veto:${v.vetoId}` === id)?.text ??
    id;
  switch (body.kind) {
    case 'conference':
      return [
        ...rubric.items.flatMap((i) =>
          body.items[i.itemId] === undefined ? [] : [`${i.title}  ${mark(body.items[i.itemId]!)}`],
        ),
        ...rubric.vetoes.flatMap((v) =>
          body.vetoes[v.vetoId] === undefined
            ? []
            : [`${v.text}  ${body.vetoes[v.vetoId] ? t.vetoStands : t.vetoFalls}`],
        ),
      ];
    case 'correction':
      return [
        `${names.get(body.examinerId) ?? body.examinerId} · ${cell(body.cellId)}`,
        t.fromTo(mark(body.before), mark(body.tenths)),
      ];
    case 'theory-correction':
      return [t.fromTo(mark(body.before), mark(body.tenths))];
    case 'code':
      return [body.document];
  }
}

export const decisionState = (t: Words, d: DecisionView): { kind: 'look' | 'done' | 'stop'; word: string } =>
  d.check === null
    ? { kind: 'look', word: t.decisionOpen }
    : d.check.agrees
      ? { kind: 'done', word: t.decisionAgreed }
      : { kind: 'stop', word: t.decisionRefused };
