import type { AppraisalDeps } from '../features/appraisal/service.ts';
import type { ArchiveDeps } from '../features/archive/deps.ts';
import type { AssignmentDeps } from '../features/assignment/deps.ts';
import { evaluateAtSignOn } from '../features/assignment/record-evaluation.ts';
import { officialSignsOn } from '../features/assignment/sole-provider.ts';
import type { CertificatesDeps } from '../features/certificates/service.ts';
import { forgetPicturesOf } from '../features/checkin/card-picture.ts';
import type { CheckinDeps, Doors } from '../features/checkin/deps.ts';
import type { ConsentDeps } from '../features/consent/service.ts';
import type { CoverageDeps } from '../features/coverage/deps.ts';
import type { DeliveryDeps } from '../features/delivery/deps.ts';
import type { ExaminersDeps } from '../features/examiners/service.ts';
import type { FormsDeps } from '../features/forms/deps.ts';
import type { InspectionsDeps } from '../features/inspections/deps.ts';
import type { KeysDeps } from '../features/keys/service.ts';
import type { NetworkCamerasDeps } from '../features/network-cameras/deps.ts';
import type { PaperDeps } from '../features/paper/deps.ts';
import type { PlanDeps } from '../features/plan/service.ts';
import type { PresenceDeps } from '../features/presence/deps.ts';
import type { PurgeDeps } from '../features/purge/service.ts';
import type { RecordingDeps } from '../features/recording/deps.ts';
import type { RulesDeps } from '../features/rules/procedures.ts';
import type { ScoringDeps } from '../features/scoring/open-sheet.ts';
import type { SeatingDeps } from '../features/seating/service.ts';
import type { SessionDeps } from '../features/session/service.ts';
import type { SiteDeps } from '../features/site/service.ts';
import type { StaffDeps } from '../features/staff/service.ts';
import type { SupervisionDeps } from '../features/supervision/deps.ts';
import type { SupervisorRecordDeps } from '../features/supervisor-record/service.ts';
import type { TimelineDeps } from '../features/timeline/deps.ts';
import {
  archiveDeps,
  certificatesDeps,
  deliveryDeps,
  paperDeps,
  purgeDeps,
  supervisorRecordDeps,
} from './closing-deps.ts';
import { planDeps, sessionDeps } from './course-deps.ts';
import { checkinDeps, consentDeps, inspectionsDeps, presenceDeps } from './door-deps.ts';
import { type ExamDay, examDay } from './exam-day.ts';
import { formsDeps } from './forms-deps.ts';
import type { Foundation } from './foundation.ts';
import { keysDeps } from './keys-deps.ts';
import { appraisalDeps, assignmentDeps, examinersDeps, rulesDeps, scoringDeps } from './panel-deps.ts';
import {
  camerasOf,
  coverageDeps,
  networkCamerasDeps,
  recordingDeps,
  supervisionDeps,
  timelineDeps,
} from './room-deps.ts';

/** Every feature with what it needs of the others, handed over as functions so that none imports another's store. */
export interface Features {
  site: SiteDeps;
  keys: KeysDeps;
  staff: StaffDeps;
  plan: PlanDeps;
  session: SessionDeps;
  checkin: CheckinDeps;
  consent: ConsentDeps;
  presence: PresenceDeps;
  inspections: InspectionsDeps;
  recording: RecordingDeps;
  networkCameras: NetworkCamerasDeps;
  coverage: CoverageDeps;
  timeline: TimelineDeps;
  scoring: ScoringDeps;
  assignment: AssignmentDeps;
  archive: ArchiveDeps;
  paper: PaperDeps;
  certificates: CertificatesDeps;
  supervisorRecord: SupervisorRecordDeps;
  delivery: DeliveryDeps;
  purge: PurgeDeps;
  forms: FormsDeps;
  appraisal: AppraisalDeps;
  examiners: ExaminersDeps;
  rules: RulesDeps;
  supervision: SupervisionDeps;
}

/** What the card readers and the office know, and the features ask. */
type Hooks = Pick<CheckinDeps, 'bindReader' | 'readerAt'> & Pick<SessionDeps, 'readiness'>;

/** What is handed over as a function stands on its receiver itself, and is asked once the station runs. */
export function wireFeatures(f: Foundation, hooks: Hooks): Features {
  const day = examDay(f);

  // The course of the day, and the door.
  const seating: SeatingDeps = { ...day.base, book: day.book, rules: day.rules };
  const assignment = assignmentDeps(f, day);
  const recording = recordingDeps(f, day);
  const plan: PlanDeps = planDeps(f, day, () => checkin);
  const acted = { seating, assignment, recording, checkin: () => checkin, presence: () => presence };
  const session: SessionDeps = sessionDeps(f, day, hooks.readiness, acted);
  const checkin: CheckinDeps = checkinDeps(f, day, { ...hooks, plan, session, seating, presence: () => presence });
  const presence: PresenceDeps = presenceDeps(f, day, checkin);
  const { doors, sessionAt } = checkin;

  // The rooms, and the panels in them.
  const cameras = camerasOf(day, recording);
  const coverage = coverageDeps(f, day, recording);
  const scoring = scoringDeps(f, day, { assignment, doors, coverage });

  // Closing.
  const paper = paperDeps(f, day);
  const certificates = certificatesDeps(f, day, scoring);
  const onRecord = { assignment, scoring, recording, cameras, coverage, paper, certificates, forms: () => forms };
  const archive: ArchiveDeps = archiveDeps(f, day, onRecord);
  const forms: FormsDeps = formsDeps(f, archive);
  const delivery = deliveryDeps(f, day, archive);

  return {
    site: siteDeps(f),
    keys: keysDeps(f, day, siteDeps(f)),
    staff: staffDeps(f, day, { assignment, doors }),
    plan,
    session,
    checkin,
    consent: consentDeps(f, day, doors),
    presence,
    inspections: inspectionsDeps(f, day, presence),
    recording,
    networkCameras: networkCamerasDeps(f, day, recording),
    coverage,
    timeline: timelineDeps(f, day, cameras),
    scoring,
    assignment,
    archive,
    paper,
    certificates,
    supervisorRecord: supervisorRecordDeps(f, day),
    delivery,
    purge: purgeDeps(f, day, { plan, delivery }),
    forms,
    appraisal: appraisalDeps(f, day),
    examiners: examinersDeps(f, day),
    rules: rulesDeps(f, day),
    supervision: supervisionDeps(f, day, { cameras, sessionAt }),
  };
}

function siteDeps({ db, journal, options, ring, changed }: Foundation): SiteDeps {
  return { db, journal, keyWrap: options.keyWrap, ring, changed: changed('site') };
}

/** Who signs on may complete a panel; who signs off leaves no picture of a card behind. */
function staffDeps(
  { checkPin, examinerInPlan, changed }: Foundation,
  { base, book }: ExamDay,
  { assignment, doors }: { assignment: AssignmentDeps; doors: Doors },
): StaffDeps {
  return {
    ...base,
    checkPin,
    signedOn: (caller) => {
      officialSignsOn(assignment, caller);
      evaluateAtSignOn(assignment, caller);
    },
    signedOff: (caller) => forgetPicturesOf(doors, caller),
    examiner: (id) => book()?.examiner(id) ?? null,
    examinerInPlan,
    changed: changed('staff'),
  };
}
