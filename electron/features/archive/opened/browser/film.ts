import type { Stretch } from '../view.ts';
import type { Ui } from './ui.ts';

export interface FilmWish {
  segments: readonly Stretch[];
  gaps: readonly (readonly [beginMs: number, endMs: number, reason?: string])[];
  /** What the bar shows. */
  fromMs: number;
  toMs: number;
  /** Moments with a name to go to. */
  moments: { atMs: number; name: string }[];
}
export type Film = (wish: FilmWish) => HTMLElement;

/**
 * Plays the segments of one camera one after another by wall clock. Two players take turns, the second with the next
 * segment ready, so that no frame is missed at the seam; what is missing is skipped and said.
 */
export function startFilm(ui: Ui<unknown>): Film {
  const { h, t } = ui;
  /** Farther apart than this is a gap to a reader. */
  const seamMs = 1500;
  return ({ segments, gaps, fromMs, toMs, moments }) => {
    const films = segments.filter(([begin, end]) => end > fromMs && begin < toMs);
    const clock = h('b', { class: 'now' }, ui.clock(films[0]?.[0] ?? fromMs));
    const note = h('span', { class: 'skipped' });
    const needle = h('i', { class: 'needle' });
    const bar = h('div', { class: 'bar', title: t('film.bar') });
    const at = (ms: number): string =>
      `${(100 * (Math.min(Math.max(ms, fromMs), toMs) - fromMs)) / Math.max(1, toMs - fromMs)}%`;
    const block = (kind: string, begin: number, end: number, title: string) => {
      const element = h('span', { class: kind, title });
      element.style.left = at(begin);
      element.style.width = `max(2px, calc(${at(end)} - ${at(begin)}))`;
      bar.append(element);
    };
    let run: [number, number, boolean] | null = null;
    const closeRun = () => {
      if (run) block(run[2] ? 'there' : 'lost', run[0], run[1], `${ui.clock(run[0])} – ${ui.clock(run[1])}`);
    };
    for (const [begin, end, file] of films) {
      if (run && begin - run[1] <= seamMs && run[2] === (file !== null)) run[1] = end;
      else {
        closeRun();
        run = [begin, end, file !== null];
      }
    }
    closeRun();
    for (const [begin, end, reason] of gaps) {
      if (end > fromMs && begin < toMs && end - begin > seamMs) {
        block(
          'gap',
          begin,
          end,
          `${t('film.gap')} ${ui.clock(begin)} – ${ui.clock(end)} ${reason ? t(`gap.${reason}`) : ''}`,
        );
      }
    }
    for (const { atMs, name } of moments)
      if (atMs >= fromMs && atMs <= toMs) block('moment', atMs, atMs, `${ui.clock(atMs)} ${name}`);
    bar.append(needle);

    const players = [0, 1].map(() => h('video', { playsinline: true, preload: 'auto' }) as HTMLVideoElement);
    const screen = h('div', { class: 'screen' }, ...players);
    let active = 0;
    let index = -1;
    let playing = false;
    let rate = 1;
    /** Presentation time at which each player's segment begins: a segment keeps the distance from its recording's start. */
    const startOf = new Map<HTMLVideoElement, number>();
    const load = (player: HTMLVideoElement, i: number) => {
      const file = films[i]?.[2];
      if (player.dataset.index === String(i) || !file) return;
      player.dataset.index = String(i);
      startOf.delete(player);
      player.src = encodeURI(file);
    };
    const place = (ms: number) => {
      clock.textContent = ui.clock(ms);
      needle.style.left = at(ms);
    };
    const now = (): number => {
      const player = players[active]!;
      const film = films[index];
      return film ? film[0] + (player.currentTime - (startOf.get(player) ?? player.currentTime)) * 1000 : fromMs;
    };
    const show = (i: number, offsetMs = 0) => {
      const film = films[i];
      if (!film) {
        playing = false;
        button.textContent = t('film.play');
        return;
      }
      const before = films[index];
      const goesOn = i === index + 1;
      // What was lost right before is still being said.
      if (!goesOn || before?.[2] !== null) note.textContent = '';
      if (goesOn && before && film[0] - before[1] > seamMs) {
        note.textContent = t('film.skipped', ui.length(film[0] - before[1]));
      }
      index = i;
      place(film[0] + offsetMs);
      if (film[2] === null) {
        note.textContent = t('film.lost', ui.clock(film[0]), ui.clock(film[1]));
        if (playing) show(i + 1);
        return;
      }
      if (players[1 - active]!.dataset.index === String(i)) active = 1 - active;
      const player = players[active]!;
      load(player, i);
      players.forEach((p, n) => {
        p.classList.toggle('shown', n === active);
        if (n !== active) p.pause();
      });
      const go = () => {
        const start = startOf.get(player) ?? player.currentTime;
        startOf.set(player, start);
        player.currentTime = start + Math.min(offsetMs / 1000, Math.max(0, player.duration - start - 0.05));
        player.playbackRate = rate;
        if (playing) void player.play().catch(() => {});
        load(players[1 - active]!, i + 1);
      };
      if (player.readyState >= 1) go();
      else player.addEventListener('loadedmetadata', go, { once: true });
    };
    for (const player of players) {
      player.addEventListener('ended', () => {
        if (player === players[active]) show(index + 1);
      });
      player.addEventListener('error', () => {
        if (player !== players[active] || !player.src) return;
        note.textContent = t('film.unplayable');
        if (playing) show(index + 1);
      });
      player.addEventListener('timeupdate', () => {
        if (player === players[active]) place(now());
      });
    }
    const seek = (ms: number) => {
      let i = films.findIndex(([, end]) => end > ms);
      if (i < 0) i = films.length - 1;
      show(i, Math.max(0, ms - (films[i]?.[0] ?? ms)));
    };
    const toggle = () => {
      playing = !playing;
      button.textContent = t(playing ? 'film.pause' : 'film.play');
      if (!playing) players[active]!.pause();
      else if (index < 0) show(0);
      else if (players[active]!.ended) show(index + 1);
      else void players[active]!.play().catch(() => {});
    };
    const button = h('button', { class: 'main', click: toggle }, t('film.play'));
    const speed = h('select', {
      change: (e) => {
        rate = Number((e.target as HTMLSelectElement).value);
        players[active]!.playbackRate = rate;
      },
      'aria-label': t('film.speed'),
    });
    for (const r of [1, 2, 4, 8]) speed.append(h('option', { value: String(r) }, `${r}×`));
    bar.addEventListener('click', (e) => {
      const box = bar.getBoundingClientRect();
      seek(fromMs + ((e.clientX - box.left) / box.width) * (toMs - fromMs));
    });
    screen.addEventListener('click', toggle);
    if (films.length === 0) return h('p', { class: 'none' }, t('film.none'));
    show(0);
    return h(
      'div',
      { class: 'film' },
      screen,
      bar,
      h('div', { class: 'ends' }, h('span', {}, ui.clock(fromMs)), h('span', {}, ui.clock(toMs))),
      h(
        'div',
        { class: 'keys' },
        button,
        h('button', { click: () => seek(now() - 10_000) }, '−10 s'),
        h('button', { click: () => seek(now() + 10_000) }, '+10 s'),
        speed,
        clock,
        note,
      ),
      h(
        'div',
        { class: 'moments' },
        ...moments.map((m) => h('button', { click: () => seek(m.atMs) }, `${ui.clock(m.atMs)} ${m.name}`)),
      ),
    );
  };
}
