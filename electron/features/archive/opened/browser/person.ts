import type { AttemptView, EdgeView, PersonView, SessionView } from '../view.ts';
import type { Film } from './film.ts';
import type { Child, Ui } from './ui.ts';

/** Everything of one candidate: how they were identified, by whom, when they were there, what they were given. */
export function showPerson(ui: Ui<SessionView>, film: Film): (of: PersonView) => HTMLElement {
  const { view, t, h } = ui;
  const section = (title: string, ...children: Child[]) => h('section', {}, h('h3', {}, title), ...children);
  const table = (head: string[], rows: Child[][]) =>
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', {}, text)))),
      h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))))),
    );
  const picture = (file: string | null, caption: string, missing: string) =>
    h(
      'figure',
      {},
      file
        ? h(
            'a',
            { href: encodeURI(file), target: '_blank' },
            h('img', { src: encodeURI(file), alt: caption, loading: 'lazy' }),
          )
        : h('div', { class: 'no-picture' }, missing),
      h('figcaption', {}, caption),
    );
  const edge = (name: string, found: EdgeView | undefined) =>
    h(
      'div',
      { class: `edge ${found?.result ?? 'not-done'}` },
      h('b', {}, t(`edge.${name}`)),
      h(
        'span',
        {},
        `${t(`edgeResult.${found?.result ?? 'not-done'}`)}${found?.score != null ? ` ${found.score.toFixed(2)}` : ''}`,
      ),
      h(
        'small',
        {},
        found?.score != null && found.threshold != null
          ? t('person.threshold', found.threshold.toFixed(2))
          : found
            ? t(`reason.${found.reason}`)
            : '',
      ),
    );
  const fileOf = (a: AttemptView, kind: string) => a.evidence.find((e) => e.kind === kind)?.file ?? null;

  const identity = (p: PersonView) => {
    const a = p.attempts.findLast((x) => /^admitted/.test(x.outcome)) ?? p.attempts.at(-1);
    if (!a) return section(t('person.identity'), h('p', { class: 'none' }, t('person.neverCame')));
    const find = (name: string) => a.edges.find((e) => e.edge === name);
    const document = fileOf(a, 'card-photo') ?? fileOf(a, 'card-picture') ?? fileOf(a, 'document-picture');
    const seen = document !== null && /\.(jpe?g|png)$/i.test(document) ? document : null;
    return section(
      t('person.identity'),
      h(
        'div',
        { class: 'triangle' },
        picture(p.photo, t('person.planPhoto'), t('person.lost')),
        edge('live-plan', find('live-plan')),
        picture(fileOf(a, 'live-face'), t('person.liveFace'), t('person.noFace')),
        edge('live-card', find('live-card')),
        picture(seen, t(`documentBy.${a.documentBy}`), t('person.noCardPhoto')),
        edge('card-ticket', find('card-ticket')),
      ),
      table(
        [t('person.time'), t('person.outcome'), t('person.decision'), t('person.turn'), t('person.by')],
        p.attempts.map((x) => [
          ui.clock(x.closedMs ?? x.startedMs),
          h('b', { class: `outcome ${x.outcome}` }, t(`outcome.${x.outcome}`)),
          [t(`decision.${x.decision}`), x.reason === null ? '' : t(`manual.${x.reason}`), x.note]
            .filter(Boolean)
            .join(' · '),
          t(`liveness.${x.liveness}`),
          x.second === null ? x.by : `${x.by} + ${x.second}`,
        ]),
      ),
    );
  };

  const video = (p: PersonView) => {
    const cameras = view.rooms.flatMap((r) => r.cameras).filter((c) => p.cameras.includes(c.cameraId));
    const fromMs = Math.min(...p.present.map(([begin]) => begin));
    const toMs = Math.max(...p.present.map(([, end]) => end));
    if (p.present.length === 0) return null;
    const moments = [
      ...p.attempts
        .filter((a) => /admitted/.test(a.outcome))
        .map((a) => ({ atMs: a.closedMs ?? a.startedMs, name: t(`outcome.${a.outcome}`) })),
      ...p.movements.map((m) => ({ atMs: m.atMs, name: t(`movement.${m.kind}`) })),
      ...p.rechecks.map((r) => ({ atMs: r.atMs, name: t('person.recheck') })),
    ];
    return section(
      t('person.video'),
      h(
        'p',
        { class: p.coverage === 'covered' ? 'good' : 'look' },
        t(`coverage.${p.coverage}`),
        ' ',
        p.gaps.length > 0 &&
          t('person.gaps', p.gaps.length, ui.length(p.gaps.reduce((sum, [begin, end]) => sum + end - begin, 0))),
      ),
      ...cameras.map((c) =>
        h('div', {}, h('h4', {}, c.label), film({ segments: c.segments, gaps: c.gaps, fromMs, toMs, moments })),
      ),
      cameras.length === 0 && h('p', { class: 'none' }, t('person.noCamera')),
    );
  };

  const resultOf = (r: { result: string; scoreTenths: number | null }) =>
    `${t(`result.${r.result}`)}${r.scoreTenths === null ? '' : ` ${ui.score(r.scoreTenths)}`}`;
  const marks = (p: PersonView) => {
    const r = p.result;
    if (!r) return null;
    const items =
      view.rubric.length > 0
        ? view.rubric
        : [...new Set(r.sheets.flatMap((s) => Object.keys(s.marks)))].map((itemId) => ({
            itemId,
            title: itemId,
            maxTenths: 0,
          }));
    return section(
      t('person.marks'),
      h(
        'p',
        {},
        h('b', { class: `result ${r.result}` }, resultOf(r)),
        ` ${t('person.pass', ui.score(r.passTenths))} · ${t('person.number', r.number)} · ${t('person.spread', ui.score(r.spreadTenths))}`,
      ),
      r.sheets.length > 0 &&
        table(
          [t('person.item'), t('person.max'), ...r.sheets.map((s) => s.examiner)],
          [
            ...items.map((i) => [
              `${i.title}${r.decidedItems.includes(i.itemId) ? ` ${t('person.decided')}` : ''}`,
              i.maxTenths ? ui.score(i.maxTenths) : '',
              ...r.sheets.map((s) => ui.score(s.marks[i.itemId] ?? null)),
            ]),
            [
              h('b', {}, t('person.total')),
              '',
              ...r.sheets.map((s) =>
                h(
                  'b',
                  {},
                  s.correctedTenths === null
                    ? ui.score(s.totalTenths)
                    : `${ui.score(s.totalTenths)} → ${ui.score(s.correctedTenths)}`,
                ),
              ),
            ],
          ],
        ),
      r.decisions.length > 0 &&
        table(
          [t('person.time'), t('person.kind'), t('person.what'), t('person.reason'), t('person.by')],
          r.decisions.map((d) => [
            ui.clock(d.byMs),
            t(`decided.${d.kind}`),
            d.text,
            d.reason,
            d.second === null ? d.by : `${d.by} + ${d.second}${d.agrees === false ? ` ${t('person.disagrees')}` : ''}`,
          ]),
        ),
    );
  };

  const presence = (p: PersonView) => {
    if (p.movements.length + p.rechecks.length + p.consents.length === 0) return null;
    const rows = [
      ...p.consents.map(
        (c) => [c.atMs, t('person.signed'), t(`consent.${c.face}`), c.strokes && ui.writing(c.strokes)] as const,
      ),
      ...p.movements.map(
        (m) =>
          [
            m.atMs,
            t(`movement.${m.kind}`),
            [m.by, m.note].filter(Boolean).join(' · '),
            m.strokes && ui.writing(m.strokes),
          ] as const,
      ),
      ...p.rechecks.map(
        (r) =>
          [
            r.atMs,
            t('person.recheck'),
            [t(`recheck.${r.kind}`), r.score?.toFixed(2), r.second === null ? r.by : `${r.by} + ${r.second}`]
              .filter(Boolean)
              .join(' · '),
            r.file &&
              h(
                'a',
                { href: encodeURI(r.file), target: '_blank' },
                h('img', { src: encodeURI(r.file), alt: t('person.recheck'), loading: 'lazy', class: 'small' }),
              ),
          ] as const,
      ),
    ].toSorted((a, b) => a[0] - b[0]);
    return section(
      t('person.presence'),
      table(
        [t('person.time'), t('person.what'), '', ''],
        rows.map(([ms, ...rest]) => [ui.clock(ms), ...rest]),
      ),
    );
  };

  const events = (p: PersonView) =>
    p.events.length > 0 &&
    h(
      'details',
      {},
      h('summary', {}, t('person.events', p.events.length)),
      table(
        [t('journal.seq'), t('person.time'), t('person.what'), t('person.by')],
        p.events.map((e) => [e.seq, ui.clock(e.atMs), ui.said(view.events[e.event], e.event), t(`who.${e.who}`)]),
      ),
    );

  return (p) => {
    const room = view.rooms.find((r) => r.roomId === p.roomId);
    return h(
      'article',
      {},
      h(
        'div',
        { class: 'name' },
        h('h2', {}, p.name),
        h('span', { class: `badge ${p.standing}` }, t(`standing.${p.standing}`)),
        p.result && h('span', { class: `badge result ${p.result.result}` }, resultOf(p.result)),
        h(
          'p',
          {},
          `${t('person.ticket', p.ticket)} · ${t('person.document', p.maskedDocument)} · ${room?.name ?? p.roomId} ${p.seat}`,
        ),
      ),
      identity(p),
      marks(p),
      video(p),
      presence(p),
      events(p),
    );
  };
}
