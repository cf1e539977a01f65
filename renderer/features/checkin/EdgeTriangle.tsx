import type { ReactNode } from 'react';
import type { Attempt, Edge } from '../../../electron/features/checkin/contract.ts';
import { doorTexts } from '../../texts/door.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { type StatusKind, statusIcon } from '../../ui/Status.tsx';
import { CardIcon, PersonIcon, TicketIcon } from './door-icons.tsx';
import { fitPx } from './fit-text.ts';

const kindOf: Record<Edge['result'], StatusKind> = { pass: 'done', near: 'look', fail: 'stop', 'not-done': 'not-done' };

/** Cosine scores run from 0 to 1 on the bar; below 0 there is nothing to draw. */
const percent = (score: number): number => Math.round(Math.min(1, Math.max(0, score)) * 100);

/**
 * The right side of the triangle: card photo above, plan photo below, and each comparison drawn between its two
 * pictures with word, score and threshold tick. The live face stands to the left of it.
 */
export function EdgeTriangle(props: {
  edges: Attempt['edges'] | null;
  cardPhoto: string | null;
  planPhoto: string | null;
  /** A word for the face edges while they are not done: waiting, or not needed here. */
  faceWord: string | null;
  /** A face has been looked at; before that nothing is known of the photographs either. */
  looked: boolean;
  /** Runtime and model that compare the faces; null while nobody is there. */
  engine: string | null;
}): ReactNode {
  const t = useTexts(doorTexts);
  const edge = (name: Edge['edge']) => props.edges?.find((e) => e.edge === name) ?? null;
  return (
    <section className="door-edges">
      <EdgeBox
        place="live-card"
        edge={edge('live-card')}
        idle={props.faceWord ?? t.liveCardEdge}
        known={props.looked}
      />
      <EdgeBox
        place="live-plan"
        edge={edge('live-plan')}
        idle={props.faceWord ?? t.livePlanEdge}
        known={props.looked}
      />
      <Photo place="card" picture={props.cardPhoto} word={t.card} icon={<CardIcon />} empty={<CardIcon />} />
      <EdgeBox place="card-ticket" edge={edge('card-ticket')} idle={t.documentEdgeName} known />
      <Photo place="plan" picture={props.planPhoto} word={t.ticket} icon={<TicketIcon />} empty={<PersonIcon />} />
      {props.engine !== null && (
        <small className="door-engine">
          {isSpare(props.engine) ? <b className="is-look">{t.spareEngine}</b> : <span>{t.engine}</span>}
          {props.engine.split(' / ').map((part) => (
            <span key={part}>{part}</span>
          ))}
        </small>
      )}
    </section>
  );
}

/** The first engine runs natively; any other stands in for it on a machine where that does not load. */
const isSpare = (engine: string): boolean => !engine.startsWith('onnxruntime-node');

/** Said of a comparison that simply has not begun. */
const notBegun: ReadonlySet<string> = new Set(['face-not-taken', 'card-photo-unusable']);

function EdgeBox(props: { place: Edge['edge']; edge: Edge | null; idle: string; known: boolean }): ReactNode {
  const { place, edge, idle } = props;
  const t = useTexts(doorTexts);
  const result = edge?.result ?? 'not-done';
  const words = place === 'card-ticket' ? t.documentEdge : t.edge;
  const reason = edge === null ? undefined : t.edgeReasons[edge.reason];
  const waits = edge === null || edge.reason === 'face-not-taken' || (!props.known && notBegun.has(edge.reason));
  const detail = result === 'not-done' && waits ? idle : (reason ?? idle);
  return (
    <div className={`door-edge at-${place} is-${kindOf[result]}${result === 'not-done' ? ' is-dashed' : ''}`}>
      <div className="door-edge-box">
        <div className="door-edge-word" style={{ fontSize: fitPx(words[result], 24, 90) }}>
          {statusIcon(kindOf[result])} {words[result]}
        </div>
        {edge !== null && edge.score !== null && edge.threshold !== null ? (
          <>
            <div className="door-bar">
              <i style={{ width: `${percent(edge.score)}%` }} />
              <u style={{ left: `${percent(edge.threshold)}%` }} />
            </div>
            <div className="door-edge-detail is-score">
              {t.threshold(edge.score.toFixed(2), edge.threshold.toFixed(2)).map((part) => (
                <span key={part}>{part}</span>
              ))}
            </div>
          </>
        ) : (
          <div className="door-edge-detail">{detail}</div>
        )}
      </div>
    </div>
  );
}

function Photo(props: {
  place: 'card' | 'plan';
  picture: string | null;
  word: string;
  icon: ReactNode;
  empty: ReactNode;
}): ReactNode {
  return (
    <figure className={`door-photo at-${props.place}`}>
      {props.picture === null ? (
        <div className="door-photo-empty">{props.empty}</div>
      ) : (
        <img src={props.picture} alt={props.word} />
      )}
      <figcaption>
        {props.icon} {props.word}
      </figcaption>
    </figure>
  );
}
