import type { RoomView, SessionView } from '../view.ts';
import type { Part } from './start.ts';
import type { Child, Ui } from './ui.ts';

/** Panels with their changes and what the rules said of them, and the results of each room. */
export function showMarks(ui: Ui<SessionView>): Part {
  const { view, t, h } = ui;
  const table = (head: string[], rows: Child[][]) =>
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', {}, text)))),
      h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))))),
    );
  const room = (r: RoomView) => {
    const people = view.people.filter((p) => p.roomId === r.roomId && p.result !== null);
    return h(
      'article',
      {},
      h('div', { class: 'name' }, h('h2', {}, r.name), h('p', {}, r.location)),
      h('h3', {}, t('marks.panel')),
      table(
        [t('marks.examiner'), t('marks.duty'), t('marks.locked'), t('marks.code'), t('marks.signature')],
        r.panel.map((p) => [
          h('b', {}, p.name),
          t(`duty.${p.duty}`),
          p.lockedMs === null ? '–' : ui.clock(p.lockedMs),
          p.checkCode ?? '–',
          t(p.signed ? 'marks.signed' : 'marks.unsigned'),
        ]),
      ),
      r.changes.length > 0 &&
        h(
          'div',
          {},
          h('h3', {}, t('marks.changes')),
          table(
            [t('person.time'), t('person.what'), t('person.reason'), t('person.by'), t('marks.after')],
            r.changes.map((c) => [
              `${ui.day(c.atMs)} ${ui.clock(c.atMs)}`,
              t(`act.${c.act}`),
              c.reason,
              c.by,
              c.panel.join('、'),
            ]),
          ),
        ),
      r.evaluations.length > 0 &&
        h(
          'div',
          {},
          h('h3', {}, t('marks.evaluations')),
          table(
            [t('person.time'), t('marks.stage'), t('marks.found'), t('marks.decisions')],
            r.evaluations.map((e) => [
              ui.clock(e.atMs),
              t(`stage.${e.stage}`),
              Object.entries(e.clauses)
                .map(([outcome, n]) => `${t(`clause.${outcome}`)} ${n}`)
                .join(' · '),
              e.decided,
            ]),
          ),
        ),
      people.length > 0 &&
        h(
          'div',
          {},
          h('h3', {}, t('marks.results', ui.score(people[0]?.result?.passTenths ?? null))),
          table(
            [
              t('marks.number'),
              t('marks.person'),
              t('marks.totals'),
              t('marks.score'),
              t('marks.result'),
              t('marks.later'),
            ],
            people.map(({ result: x, ...p }) => [
              x!.number,
              h('a', { href: `#people/${encodeURIComponent(p.candidateId)}` }, p.name),
              x!.sheets.map((s) => ui.score(s.correctedTenths ?? s.totalTenths)).join(' / '),
              h('b', {}, ui.score(x!.scoreTenths)),
              h('span', { class: `result ${x!.result}` }, t(`result.${x!.result}`)),
              x!.decisions.map((d) => t(`decided.${d.kind}`)).join('、'),
            ]),
          ),
        ),
    );
  };
  return (place) => place.append(h('section', { class: 'detail wide' }, ...view.rooms.map(room)));
}
