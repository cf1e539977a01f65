import type { Migration } from '../db/database.ts';
import { appraisalMigration } from '../features/appraisal/store.ts';
import { declarationSignaturesMigration } from '../features/archive/declaration-signature.ts';
import { exportMediaMigration } from '../features/archive/export/store.ts';
import { selfTestMigration } from '../features/archive/self-test/store.ts';
import { archiveMigration } from '../features/archive/store.ts';
import { panelDrawMigration } from '../features/assignment/draw/store.ts';
import { assignmentMigration } from '../features/assignment/store.ts';
import { certificatesMigration } from '../features/certificates/store.ts';
import {
  admissionTurnsMigration,
  arrivalsMigration,
  checkinMigration,
  lateSuspicionsMigration,
  suspicionsMigration,
} from '../features/checkin/store.ts';
import { consentMigration } from '../features/consent/store.ts';
import { coverageMigration } from '../features/coverage/store.ts';
import { cosignedMigration } from '../features/delivery/cosigned-store.ts';
import { deliveryMigration } from '../features/delivery/store.ts';
import { examinersMigration } from '../features/examiners/store.ts';
import { keptFormsMigration } from '../features/forms/kept-forms.ts';
import { inspectionsMigration } from '../features/inspections/store.ts';
import { networkCamerasMigration } from '../features/network-cameras/store.ts';
import { paperMigration } from '../features/paper/store.ts';
import { planMigration } from '../features/plan/store.ts';
import { presenceMigration } from '../features/presence/store.ts';
import { purgeMigration } from '../features/purge/store.ts';
import { segmentsByTimeMigration } from '../features/recording/find-segments.ts';
import { gapReasonsMigration, recordingMigration, segmentFactsMigration } from '../features/recording/store.ts';
import { rulesMigration } from '../features/rules/store.ts';
import { decisionsMigration } from '../features/scoring/decision-store.ts';
import { rubricLibraryMigration } from '../features/scoring/library-store.ts';
import { draftVersionsMigration, scoringMigration } from '../features/scoring/store.ts';
import { theoryMigration } from '../features/scoring/theory-store.ts';
import { seatingMigration } from '../features/seating/store.ts';
import { sessionMigration } from '../features/session/store.ts';
import { keyChangesMigration } from '../features/site/key-store.ts';
import { readersMigration, settingsMigration } from '../features/site/settings.ts';
import { siteMigration } from '../features/site/store.ts';
import { examinerAccountsMigration, staffMigration } from '../features/staff/store.ts';
import { supervisionMigration } from '../features/supervision/store.ts';
import { supervisorRecordMigration } from '../features/supervisor-record/store.ts';
import { timelineMigration } from '../features/timeline/store.ts';
import { timestampMigration } from '../features/timestamp/store.ts';
import { journalMigration } from '../journal/journal.ts';
import { vaultMigration } from '../vault/vault.ts';

/** The whole schema, each table with the feature that owns it. */
export const migrations: readonly Migration[] = [
  journalMigration,
  vaultMigration,
  siteMigration,
  settingsMigration,
  staffMigration,
  planMigration,
  sessionMigration,
  checkinMigration,
  recordingMigration,
  coverageMigration,
  networkCamerasMigration,
  segmentsByTimeMigration,
  timelineMigration,
  scoringMigration,
  archiveMigration,
  declarationSignaturesMigration,
  selfTestMigration,
  paperMigration,
  certificatesMigration,
  supervisorRecordMigration,
  arrivalsMigration,
  examinerAccountsMigration,
  readersMigration,
  admissionTurnsMigration,
  seatingMigration,
  consentMigration,
  presenceMigration,
  appraisalMigration,
  suspicionsMigration,
  lateSuspicionsMigration,
  assignmentMigration,
  panelDrawMigration,
  examinersMigration,
  rulesMigration,
  supervisionMigration,
  segmentFactsMigration,
  gapReasonsMigration,
  deliveryMigration,
  exportMediaMigration,
  purgeMigration,
  draftVersionsMigration,
  decisionsMigration,
  theoryMigration,
  rubricLibraryMigration,
  inspectionsMigration,
  keptFormsMigration,
  cosignedMigration,
  keyChangesMigration,
  timestampMigration,
];
