import type { FileRow, SessionView } from '../view.ts';
import type { Part } from './start.ts';
import type { Ui } from './ui.ts';

/** Every file by volume, those that are lost first, each with where it lay and what it showed. */
export function showFiles(ui: Ui<SessionView>): Part {
  const { view, t, h } = ui;
  const interval = (f: FileRow) =>
    f.beginMs === null
      ? ''
      : `${ui.clock(f.beginMs)}${f.endMs === null || f.endMs === f.beginMs ? '' : ` – ${ui.clock(f.endMs)}`}`;
  const size = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const row = (f: FileRow) =>
    h(
      'tr',
      {},
      h('td', {}, ui.said(f.title, f.path)),
      h('td', {}, f.subject),
      h(
        'td',
        {},
        f.file
          ? h('a', { href: encodeURI(f.file), target: '_blank' }, f.file)
          : h('span', { class: f.kind === 'other-key' ? 'none' : 'bad' }, `${t(`file.${f.kind}`)} · ${f.path}`),
      ),
      h('td', {}, interval(f)),
      h('td', {}, size(f.sizeBytes)),
    );
  const block = (title: string, files: FileRow[], open: boolean) =>
    files.length > 0 &&
    h(
      'details',
      { open },
      h('summary', {}, `${title} · ${files.length}`),
      h('table', {}, h('tbody', {}, ...files.map(row))),
    );
  return (place) => {
    const closed = view.files.filter((f) => f.kind === 'damaged' || f.kind === 'missing');
    place.append(
      h(
        'section',
        { class: 'detail wide' },
        view.unread.length > 0 && h('p', { class: 'bad' }, t('files.unread'), ' ', view.unread.join('、')),
        block(t('files.lost'), closed, true),
        block(
          t('files.otherKey'),
          view.files.filter((f) => f.kind === 'other-key'),
          closed.length === 0,
        ),
        ...['1', '2', '3', '4', '5', 'video', 'journal', 'supervision'].map((v) =>
          block(
            t(`volume.${v}`),
            view.files.filter((f) => f.volume === v && f.kind === 'opened'),
            false,
          ),
        ),
        h('p', { class: 'none' }, t('files.notVerified')),
      ),
    );
  };
}
