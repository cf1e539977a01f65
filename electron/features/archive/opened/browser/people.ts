import type { PersonView, SessionView } from '../view.ts';
import type { Part } from './start.ts';
import type { Ui } from './ui.ts';

/** The list of candidates with search and filter, beside the one who was chosen. Draws only the rows in sight. */
export function showPeople(ui: Ui<SessionView>, person: (of: PersonView) => HTMLElement): Part {
  const { view, t, h } = ui;
  const rowPx = 60;
  let search = '';
  let filter = 'all';
  const filters: Record<string, (p: PersonView) => boolean> = {
    all: () => true,
    admitted: (p) => p.standing === 'admitted' || p.standing === 'by-hand',
    'by-hand': (p) => p.standing === 'by-hand',
    'not-in': (p) => p.standing !== 'admitted' && p.standing !== 'by-hand',
    failed: (p) => p.result !== null && p.result.result !== 'passed',
    short: (p) => p.coverage !== '' && p.coverage !== 'covered',
  };
  const roomNames = new Map(view.rooms.map((r) => [r.roomId, r.name]));
  return (place) => {
    const detail = h('section', { class: 'detail' });
    const rows = h('div', { class: 'rows' });
    const list = h('div', { class: 'list', tabindex: '0' }, rows);
    const count = h('span', { class: 'count' });
    let found = view.people;
    let shown = '';
    const chosen = () => decodeURIComponent(location.hash.split('/')[1] ?? '');
    const select = () => {
      const one = view.people.find((p) => p.candidateId === chosen()) ?? found[0];
      if (one && one.candidateId !== shown) {
        shown = one.candidateId;
        detail.replaceChildren(person(one));
        detail.scrollTop = 0;
      }
      drawRows();
    };
    const drawRows = () => {
      const first = Math.max(0, Math.floor(list.scrollTop / rowPx) - 4);
      const some = found.slice(first, first + Math.ceil(list.clientHeight / rowPx) + 8);
      rows.style.height = `${found.length * rowPx}px`;
      rows.replaceChildren(
        ...some.map((p, i) => {
          const row = h(
            'a',
            { href: `#people/${encodeURIComponent(p.candidateId)}`, class: p.candidateId === shown ? 'row on' : 'row' },
            h('span', {}, h('b', {}, p.name), h('span', { class: `badge ${p.standing}` }, t(`standing.${p.standing}`))),
            h(
              'span',
              {},
              h('small', {}, `${roomNames.get(p.roomId) ?? p.roomId} ${p.seat} · ${p.ticket}`),
              p.result &&
                h(
                  'small',
                  { class: `result ${p.result.result}` },
                  `${t(`result.${p.result.result}`)}${p.result.scoreTenths === null ? '' : ` ${ui.score(p.result.scoreTenths)}`}`,
                ),
            ),
          );
          row.style.top = `${(first + i) * rowPx}px`;
          return row;
        }),
      );
    };
    const look = () => {
      const wanted = search.trim().toLowerCase();
      found = view.people.filter(
        (p) =>
          filters[filter]!(p) &&
          [p.name, p.ticket, p.candidateId, p.maskedDocument.slice(-4), p.result?.number ?? ''].some((text) =>
            text.toLowerCase().includes(wanted),
          ),
      );
      count.textContent = t('people.found', found.length, view.people.length);
      list.scrollTop = 0;
      drawRows();
    };
    const choice = h('select', {
      'aria-label': t('people.filter'),
      change: (e) => {
        filter = (e.target as HTMLSelectElement).value;
        look();
      },
    }) as HTMLSelectElement;
    for (const name of Object.keys(filters))
      choice.append(h('option', { value: name, selected: name === filter }, t(`people.${name}`)));
    place.append(
      h(
        'aside',
        {},
        h(
          'div',
          { class: 'find' },
          ui.searchField(t('people.search'), search, (text) => {
            search = text;
            look();
          }),
          choice,
          count,
        ),
        list,
      ),
      detail,
    );
    list.addEventListener('scroll', drawRows);
    // A step through the list with the arrow keys, as in any list.
    list.addEventListener('keydown', (e) => {
      const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
      const next = step && found[found.findIndex((p) => p.candidateId === shown) + step];
      if (!next) return;
      e.preventDefault();
      location.hash = `people/${encodeURIComponent(next.candidateId)}`;
      const top = found.indexOf(next) * rowPx;
      if (top < list.scrollTop) list.scrollTop = top;
      if (top + rowPx > list.scrollTop + list.clientHeight) list.scrollTop = top + rowPx - list.clientHeight;
    });
    const follow = () => (place.isConnected ? select() : removeEventListener('hashchange', follow));
    addEventListener('hashchange', follow);
    look();
    select();
  };
}
