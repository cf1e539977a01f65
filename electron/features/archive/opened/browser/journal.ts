import type { JournalView } from '../view.ts';
import type { Ui } from './ui.ts';

/** The journal, a hundred entries at a time, by word and kind; the data of an entry on a click. */
export function showJournal(ui: Ui<JournalView>): void {
  const { view, t, h } = ui;
  const pageRows = 100;
  let search = '';
  let family = '';
  let first = 0;
  const app = document.getElementById('app')!;
  const families = [...new Set(view.entries.map(([, , event]) => event.split('.')[0] ?? ''))].sort();
  const body = h('tbody', {});
  const count = h('span', { class: 'count' });
  const older = h('button', { click: () => turn(-pageRows) }, '←');
  const newer = h('button', { click: () => turn(pageRows) }, '→');
  let found = view.entries;
  const rows = () => {
    body.replaceChildren(
      ...found
        .slice(first, first + pageRows)
        .map(([seq, wallMs, event, who, data]) =>
          h(
            'tr',
            {},
            h('td', {}, seq),
            h('td', {}, `${ui.day(wallMs)} ${ui.clock(wallMs)}`),
            h(
              'td',
              { class: /refused|failed|unreadable|held/.test(event) ? 'look' : '' },
              ui.said(view.events[event], event),
              h('small', {}, ` ${event}`),
            ),
            h('td', {}, t(`who.${who}`)),
            h(
              'td',
              {},
              h(
                'details',
                {},
                h('summary', {}, data.length > 90 ? `${data.slice(0, 90)}…` : data),
                h('pre', {}, pretty(data)),
              ),
            ),
          ),
        ),
    );
    count.textContent = t(
      'journal.found',
      Math.min(found.length, first + 1),
      Math.min(found.length, first + pageRows),
      found.length,
    );
    older.toggleAttribute('disabled', first === 0);
    newer.toggleAttribute('disabled', first + pageRows >= found.length);
  };
  const pretty = (data: string): string => JSON.stringify(JSON.parse(data), null, 2);
  const turn = (by: number) => {
    first = Math.max(0, first + by);
    rows();
    scrollTo(0, 0);
  };
  const look = () => {
    const wanted = search.trim().toLowerCase();
    found = view.entries.filter(
      ([seq, , event, who, data]) =>
        event.startsWith(family) &&
        (wanted === '' ||
          String(seq) === wanted ||
          `${event} ${ui.said(view.events[event], '')} ${who} ${data}`.toLowerCase().includes(wanted)),
    );
    first = 0;
    rows();
  };
  const draw = () => {
    const choice = h('select', {
      change: (e) => {
        family = (e.target as HTMLSelectElement).value;
        look();
      },
      'aria-label': t('journal.kind'),
    });
    choice.append(
      h('option', { value: '' }, t('journal.all')),
      ...families.map((f) => h('option', { value: `${f}.`, selected: family === `${f}.` }, t(`family.${f}`))),
    );
    app.replaceChildren(
      h(
        'header',
        {},
        h('div', { class: 'whose' }, h('h1', {}, t('journal.title')), h('p', {}, view.identifier)),
        view.rehearsal && h('b', { class: 'rehearsal' }, t('start.rehearsal')),
        h(
          'nav',
          {},
          h('a', { href: 'index.html' }, t('journal.back')),
          view.page > 1 && h('a', { href: `journal-${view.page - 1}.html` }, t('journal.before')),
          view.hasNext && h('a', { href: `journal-${view.page + 1}.html` }, t('journal.after')),
        ),
        h('button', { class: 'language', click: () => ui.switchLanguage() }, t('start.language')),
      ),
      h(
        'main',
        { class: 'journal' },
        h(
          'div',
          { class: 'find' },
          ui.searchField(t('journal.search'), search, (text) => {
            search = text;
            look();
          }),
          choice,
          older,
          newer,
          count,
        ),
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              ...['journal.seq', 'person.time', 'person.what', 'person.by', 'journal.data'].map((k) =>
                h('th', {}, t(k)),
              ),
            ),
          ),
          body,
        ),
      ),
    );
    rows();
  };
  ui.redraw = draw;
  draw();
}
