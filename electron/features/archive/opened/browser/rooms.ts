import type { SessionView } from '../view.ts';
import type { Film } from './film.ts';
import type { Part } from './start.ts';
import type { Ui } from './ui.ts';

/** The recordings of every room, camera by camera, over the whole session, with what is missing. */
export function showRooms(ui: Ui<SessionView>, film: Film): Part {
  const { view, t, h } = ui;
  let at = '';
  return (place) => {
    const stage = h('section', { class: 'detail' });
    const cameras = view.rooms.flatMap((room) => room.cameras.map((camera) => ({ room, camera })));
    const buttons = cameras.map(({ room, camera }) => {
      const lost = camera.segments.filter(([, , file]) => file === null).length;
      return h(
        'button',
        { class: 'row', 'data-camera': camera.cameraId, click: () => choose(camera.cameraId) },
        h('span', {}, h('b', {}, room.name), h('small', {}, camera.label)),
        h(
          'span',
          {},
          h(
            'small',
            {},
            camera.segments.length === 0 ? t('rooms.nothing') : t('rooms.segments', camera.segments.length),
          ),
          lost > 0 && h('small', { class: 'bad' }, t('rooms.lost', lost)),
        ),
      );
    });
    const choose = (cameraId: string) => {
      at = cameraId;
      for (const b of buttons) b.classList.toggle('on', b.dataset.camera === cameraId);
      const found = cameras.find((c) => c.camera.cameraId === cameraId);
      if (!found) return ui.put(stage, h('p', { class: 'none' }, t('rooms.nothing')));
      const { room, camera } = found;
      const { startsAtMs, endsAtMs } = view.bundle;
      const edges = [startsAtMs, endsAtMs, camera.segments[0]?.[0], camera.segments.at(-1)?.[1]].filter(
        (ms) => typeof ms === 'number',
      );
      const moments = [
        ...(startsAtMs === null ? [] : [{ atMs: startsAtMs, name: t('rooms.begins') }]),
        ...(endsAtMs === null ? [] : [{ atMs: endsAtMs, name: t('rooms.ends') }]),
      ];
      const seconds = (gaps: typeof camera.gaps) => gaps.filter(([begin, end]) => end - begin >= 1000);
      ui.put(
        stage,
        h('div', { class: 'name' }, h('h2', {}, `${room.name} ${camera.label}`), h('p', {}, room.location)),
        film({
          segments: camera.segments,
          gaps: camera.gaps,
          fromMs: Math.min(...edges),
          toMs: Math.max(...edges),
          moments,
        }),
        h('h3', {}, t('rooms.gaps', seconds(camera.gaps).length)),
        h(
          'table',
          {},
          h(
            'tbody',
            {},
            ...seconds(camera.gaps).map(([begin, end, reason]) =>
              h(
                'tr',
                {},
                h('td', {}, `${ui.clock(begin)} – ${ui.clock(end)}`),
                h('td', {}, ui.length(end - begin)),
                h('td', {}, t(`gap.${reason}`)),
              ),
            ),
          ),
        ),
        camera.gaps.length > seconds(camera.gaps).length &&
          h('p', { class: 'none' }, t('rooms.shortGaps', camera.gaps.length - seconds(camera.gaps).length)),
      );
    };
    place.append(h('aside', {}, h('div', { class: 'list' }, ...buttons)), stage);
    choose(
      cameras.some((c) => c.camera.cameraId === at)
        ? at
        : ((cameras.find((c) => c.camera.segments.length > 0) ?? cameras[0])?.camera.cameraId ?? ''),
    );
  };
}
