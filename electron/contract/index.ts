import type { ContractRouterClient } from '@orpc/contract';
import { eventIterator } from '@orpc/contract';
import { appraisal } from '../features/appraisal/contract.ts';
import { archive } from '../features/archive/contract.ts';
import { assignment } from '../features/assignment/contract.ts';
import { certificates } from '../features/certificates/contract.ts';
import { checkin } from '../features/checkin/contract.ts';
import { consent } from '../features/consent/contract.ts';
import { coverage } from '../features/coverage/contract.ts';
import { delivery } from '../features/delivery/contract.ts';
import { examiners } from '../features/examiners/contract.ts';
import { forms } from '../features/forms/contract.ts';
import { inspections } from '../features/inspections/contract.ts';
import { journal } from '../features/journal/contract.ts';
import { keys } from '../features/keys/contract.ts';
import { networkCameras } from '../features/network-cameras/contract.ts';
import { paper } from '../features/paper/contract.ts';
import { plan } from '../features/plan/contract.ts';
import { presence } from '../features/presence/contract.ts';
import { purge } from '../features/purge/contract.ts';
import { recording } from '../features/recording/contract.ts';
import { rehearsal } from '../features/rehearsal/contract.ts';
import { rules } from '../features/rules/contract.ts';
import { scoring } from '../features/scoring/contract.ts';
import { session } from '../features/session/contract.ts';
import { site } from '../features/site/contract.ts';
import { staff } from '../features/staff/contract.ts';
import { supervision } from '../features/supervision/contract.ts';
import { supervisorRecord } from '../features/supervisor-record/contract.ts';
import { timeline } from '../features/timeline/contract.ts';
import { timestamp } from '../features/timestamp/contract.ts';
import { StationEvent } from './events.ts';
import { callableBy } from './procedure.ts';

/** Everything a desk can ask of the station. Inputs and replies are parsed at run time on both sides. */
export const contract = {
  site,
  keys,
  staff,
  plan,
  session,
  checkin,
  consent,
  presence,
  inspections,
  recording,
  networkCameras,
  coverage,
  timeline,
  timestamp,
  scoring,
  assignment,
  archive,
  paper,
  certificates,
  supervisorRecord,
  appraisal,
  delivery,
  purge,
  forms,
  examiners,
  rules,
  journal,
  rehearsal,
  supervision,
  /** The one stream of a window; a browser holds six at most, so windows of one browser share it. */
  events: callableBy('anyone').output(eventIterator(StationEvent)),
};

export type StationClient = ContractRouterClient<typeof contract>;
