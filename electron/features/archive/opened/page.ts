import { createHash } from 'node:crypto';
import { escapeHtml } from '../report-html.ts';
import { showFiles } from './browser/files.ts';
import { startFilm } from './browser/film.ts';
import { showJournal } from './browser/journal.ts';
import { showMarks } from './browser/marks.ts';
import { showPeople } from './browser/people.ts';
import { showPerson } from './browser/person.ts';
import { showRooms } from './browser/rooms.ts';
import { startPage } from './browser/start.ts';
import { makeUi } from './browser/ui.ts';
import { STYLE } from './style.ts';
import { texts } from './texts.ts';
import type { JournalView, SessionView } from './view.ts';

/*
 * Every browser part is one function that uses nothing outside itself but its arguments: so its own source text is what
 * the page carries, whatever built this program, and the compiler has still seen it.
 */
const SESSION_SCRIPT = `(() => {
const ui = (${makeUi})(JSON.parse(document.getElementById('view').textContent), JSON.parse(document.getElementById('texts').textContent));
const film = (${startFilm})(ui);
const person = (${showPerson})(ui, film);
(${startPage})(ui, {
  people: (${showPeople})(ui, person),
  rooms: (${showRooms})(ui, film),
  marks: (${showMarks})(ui),
  files: (${showFiles})(ui),
});
})();`;

const JOURNAL_SCRIPT = `(() => {
const ui = (${makeUi})(JSON.parse(document.getElementById('view').textContent), JSON.parse(document.getElementById('texts').textContent));
(${showJournal})(ui);
})();`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** JSON that no HTML parser takes for an end of its element. */
const jsonText = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * A page that carries its own data, style and script and fetches nothing but pictures and video that lie beside it. The
 * policy allows exactly this script, so that nothing in the data can become one.
 */
function page(title: string, view: unknown, script: string): string {
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(STYLE)}; img-src 'self' file:; media-src 'self' file:`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<div id="app"></div><noscript>这一页要用脚本 This page needs JavaScript</noscript>
<script type="application/json" id="view">${jsonText(view)}</script>
<script type="application/json" id="texts">${jsonText(texts)}</script>
<script>${script}</script>
</body></html>
`;
}

/** The session for the centre's staff: people, video, marks and panels, files; Chinese first, English by switch. */
export const sessionPage = (view: SessionView): string =>
  page(`${view.bundle.siteName} ${view.bundle.identifier}`, view, SESSION_SCRIPT);

/** One page of its journal. */
export const journalPage = (view: JournalView): string => page(`日志 Journal ${view.identifier}`, view, JOURNAL_SCRIPT);
