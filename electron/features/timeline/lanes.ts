import type { Lane, TimelineEvent } from './contract.ts';

interface Place {
  lane: Lane;
  tone: TimelineEvent['tone'];
}

const at = (lane: Lane, tone: Place['tone'], ...events: string[]): [string, Place][] =>
  events.map((event) => [event, { lane, tone }]);

/** Which events of the journal stand on the timeline, on which lane, and how loudly. Everything else is left out. */
export const LANES: ReadonlyMap<string, Place> = new Map([
  ...at('session', 'plain', 'session.opened', 'session.closed', 'seating.seed-recorded', 'scoring.revealed'),
  ...at('session', 'plain', 'presence.rechecks-drawn', 'recording.started', 'recording.stopped'),
  ...at('people', 'plain', 'checkin.admitted', 'checkin.admitted-by-hand', 'checkin.readmitted'),
  ...at(
    'people',
    'plain',
    'checkin.readmitted-by-hand',
    'presence.left',
    'presence.came-back',
    'presence.leave-undone',
  ),
  ...at('people', 'plain', 'presence.recheck-passed', 'presence.recheck-seen', 'staff.signed-in', 'staff.signed-out'),
  ...at('people', 'plain', 'scoring.locked', 'scoring.signed', 'coverage.accepted'),
  ...at('people', 'look', 'checkin.admission-undone', 'checkin.set-aside', 'presence.recheck-missed'),
  ...at('people', 'look', 'checkin.person-called', 'checkin.sent-elsewhere', 'checkin.refused'),
  ...at('alarms', 'plain', 'session.moment-marked', 'timeline.bookmarked', 'timeline.clip-cut', 'timeline.still-kept'),
  ...at('alarms', 'plain', 'checkin.impersonation-cleared', 'recording.gap-ended'),
  ...at('alarms', 'look', 'site.clock-jumped', 'checkin.reader-trouble', 'checkin.liveness-failed'),
  ...at('alarms', 'stop', 'recording.gap-begun', 'checkin.lookalike-found', 'checkin.held', 'checkin.lead-called'),
  ...at('alarms', 'stop', 'presence.recheck-doubted'),
]);

/** Events that belong to no session and still tell what happened in one while it went on. */
export const STATION_EVENTS: readonly string[] = ['staff.signed-in', 'staff.signed-out', 'site.clock-jumped'];

/** Whole features whose events are all worth seeing. */
export const placeOf = (event: string): Place | null =>
  LANES.get(event) ?? (/^(incidents|irregularities)\./.test(event) ? { lane: 'alarms', tone: 'stop' } : null);
