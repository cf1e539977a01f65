import { appraisalEvents } from '../features/appraisal/events.ts';
import { archiveEvents } from '../features/archive/events.ts';
import { assignmentEvents } from '../features/assignment/events.ts';
import { certificatesEvents } from '../features/certificates/events.ts';
import { checkinEvents } from '../features/checkin/events.ts';
import { consentEvents } from '../features/consent/events.ts';
import { coverageEvents } from '../features/coverage/events.ts';
import { deliveryEvents } from '../features/delivery/events.ts';
import { examinersEvents } from '../features/examiners/events.ts';
import { formsEvents } from '../features/forms/events.ts';
import { inspectionsEvents } from '../features/inspections/events.ts';
import { keysEvents } from '../features/keys/events.ts';
import { networkCameraEvents } from '../features/network-cameras/events.ts';
import { paperEvents } from '../features/paper/events.ts';
import { planEvents } from '../features/plan/events.ts';
import { presenceEvents } from '../features/presence/events.ts';
import { purgeEvents } from '../features/purge/events.ts';
import { recordingEvents } from '../features/recording/events.ts';
import { rehearsalEvents } from '../features/rehearsal/events.ts';
import { rulesEvents } from '../features/rules/events.ts';
import { scoringEvents } from '../features/scoring/events.ts';
import { seatingEvents } from '../features/seating/events.ts';
import { sessionEvents } from '../features/session/events.ts';
import { siteEvents } from '../features/site/events.ts';
import { staffEvents } from '../features/staff/events.ts';
import { supervisionEvents } from '../features/supervision/events.ts';
import { supervisorRecordEvents } from '../features/supervisor-record/events.ts';
import { timelineEvents } from '../features/timeline/events.ts';
import { timestampEvents } from '../features/timestamp/events.ts';
import type { EventDefinition } from '../journal/events.ts';

const features = [
  siteEvents,
  keysEvents,
  timestampEvents,
  staffEvents,
  planEvents,
  sessionEvents,
  checkinEvents,
  consentEvents,
  presenceEvents,
  inspectionsEvents,
  seatingEvents,
  recordingEvents,
  coverageEvents,
  networkCameraEvents,
  timelineEvents,
  scoringEvents,
  assignmentEvents,
  archiveEvents,
  paperEvents,
  certificatesEvents,
  supervisorRecordEvents,
  appraisalEvents,
  deliveryEvents,
  purgeEvents,
  formsEvents,
  examinersEvents,
  rulesEvents,
  rehearsalEvents,
  supervisionEvents,
];

/** Every event the journal can hold, by id. @throws Error when two features claim one id */
export function eventCatalogue(): ReadonlyMap<string, EventDefinition> {
  const catalogue = new Map<string, EventDefinition>();
  for (const definition of features.flatMap((f): EventDefinition[] => Object.values(f))) {
    if (catalogue.has(definition.id)) throw new Error(`two events are called ${definition.id}`);
    catalogue.set(definition.id, definition);
  }
  return catalogue;
}
