import type { SessionView } from '../view.ts';
import type { Ui } from './ui.ts';

/** Draws one tab into its place. */
export type Part = (place: HTMLElement) => void;

/** The frame around the tabs: whose session this is, what was lost, the language. The address keeps the tab and the person. */
export function startPage(ui: Ui<SessionView>, parts: { people: Part; rooms: Part; marks: Part; files: Part }): void {
  const { view, t, h } = ui;
  const { bundle, people } = view;
  const lost = view.files.filter((f) => f.kind === 'damaged' || f.kind === 'missing').length;
  const tabs = ['people', 'rooms', 'marks', 'files'] as const;
  const current = () => tabs.find((tab) => tab === location.hash.slice(1).split('/')[0]) ?? 'people';
  const app = document.getElementById('app')!;
  const draw = () => {
    const place = h('main', { class: `tab-${current()}` });
    const tab = (name: (typeof tabs)[number], text: string) =>
      h('a', { href: `#${name}`, class: current() === name ? 'on' : '' }, text);
    ui.put(
      app,
      h(
        'header',
        {},
        h(
          'div',
          { class: 'whose' },
          h('h1', {}, bundle.label || bundle.identifier),
          h(
            'p',
            {},
            `${bundle.siteName} · ${ui.day(bundle.startsAtMs ?? bundle.sealedAtMs)} ${ui.clock(bundle.startsAtMs).slice(0, 5)}–${ui.clock(bundle.endsAtMs).slice(0, 5)} · ${bundle.identifier}`,
          ),
        ),
        bundle.rehearsal && h('b', { class: 'rehearsal' }, t('start.rehearsal')),
        h(
          'nav',
          {},
          tab('people', t('start.people', people.length)),
          tab('rooms', t('start.rooms')),
          tab('marks', t('start.marks')),
          view.journal[0] ? h('a', { href: view.journal[0].file }, t('start.journal')) : null,
          tab('files', lost > 0 ? t('start.filesLost', lost) : t('start.files')),
        ),
        h('button', { class: 'language', click: () => ui.switchLanguage() }, t('start.language')),
      ),
      view.only !== null && h('p', { class: 'notice' }, t('start.only', view.only)),
      (lost > 0 || view.unread.length > 0) &&
        h(
          'p',
          { class: 'notice bad' },
          t('start.lost', Math.max(lost, view.unread.length)),
          ' ',
          h('a', { href: '#files' }, t('start.which')),
        ),
      place,
      h(
        'footer',
        {},
        t(
          'start.opened',
          view.counts.opened,
          view.counts.items,
          `${ui.day(bundle.sealedAtMs)} ${ui.clock(bundle.sealedAtMs)}`,
        ),
      ),
    );
    parts[current()](place);
  };
  ui.redraw = draw;
  let before = current();
  addEventListener('hashchange', () => {
    // Within a tab the part itself follows the address: the list keeps its place.
    if (current() !== before) draw();
    before = current();
  });
  draw();
}
