import { join } from 'node:path';
import type { Evidence } from '../../vault/vault.ts';
import { appraisalsIn } from '../appraisal/store.ts';
import { drawsDocument } from '../assignment/draw/draws-document.ts';
import { panelsDocument } from '../assignment/panels-document.ts';
import { recordsIn, undoneIn } from '../checkin/store.ts';
import { consentsIn } from '../consent/store.ts';
import { inspectionsIn } from '../inspections/store.ts';
import { paperDocument } from '../paper/paper-document.ts';
import { scansIn } from '../paper/store.ts';
import { lineIdsOf } from '../paper/view.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { planPhoto } from '../plan/store.ts';
import { drawsIn, movementsIn, rechecksIn, resultsIn } from '../presence/store.ts';
import { gapsOf, recordingsOf } from '../recording/store.ts';
import { decisionsIn } from '../scoring/decision-store.ts';
import { lockedSheets, numbersIn, signaturesIn } from '../scoring/store.ts';
import { settledIn, theoryResultOf, typedIn } from '../scoring/theory-store.ts';
import { drawnSeatsIn, findSeed } from '../seating/store.ts';
import { absentIn, stepsOf } from '../session/store.ts';
import { supervisorRecordsIn } from '../supervisor-record/store.ts';
import { type IndexItem, VOLUME_FOLDERS, type Volume } from './bundle-format.ts';
import { standingSignature } from './declaration-signature.ts';
import type { ArchiveDeps } from './deps.ts';
import { latestSelfTest } from './self-test/store.ts';
import { declarationsIn, latestSignOff } from './store.ts';

/** A document written for the bundle at sealing. */
export interface VolumeDocument {
  path: string;
  json: unknown;
  mediaType: 'application/json';
  kind: string;
  volume: Volume;
  title: { zh: string; en: string };
}

/** Evidence that was encrypted when it was captured, with its place in the bundle. */
export interface PlacedEvidence {
  evidence: Evidence;
  item: IndexItem;
}

export interface VolumeItems {
  documents: VolumeDocument[];
  evidence: PlacedEvidence[];
}

/**
 * The five volumes (案卷) of a session, assembled from what happened: 1 enrolment, 2 filing and plan, 3 process, 4
 * papers and results, 5 certificates; then the video. Deterministic: the same records give the same documents.
 */
export function volumeItems(deps: ArchiveDeps, book: PlanBook, sessionId: string): VolumeItems {
  return { documents: documentsOf(deps, book, sessionId), evidence: evidenceOf(deps, book, sessionId) };
}

const doc = (
  volume: 1 | 2 | 3 | 4 | 5,
  path: string,
  kind: string,
  zh: string,
  en: string,
  json: unknown,
): VolumeDocument => ({
  path: `data/${path}.json.age`,
  json,
  mediaType: 'application/json',
  kind,
  volume,
  title: { zh, en },
});

function documentsOf(deps: ArchiveDeps, book: PlanBook, sessionId: string): VolumeDocument[] {
  const { db } = deps;
  const { plan } = book;
  const session = book.session(sessionId)!;
  const rooms = book.roomsOf(sessionId);
  const cameras = rooms.flatMap((r) => r.cameras.map((c) => ({ ...c, roomId: r.roomId })));
  const results = rooms.map((r) => deps.results(sessionId, r.roomId));
  const passed = results.flatMap((r) => r.results.filter((x) => x.result === 'passed'));
  return [
    doc(1, '1-enrolment/candidates', 'candidates', '考生名单', 'Candidates', book.candidatesOf(sessionId)),
    doc(2, '2-plan/plan', 'plan', '场次计划', 'Session plan', {
      planId: plan.planId,
      batch: plan.batch,
      digest: deps.shelf.adopted()!.summary.digest,
      site: plan.site,
      filing: plan.filing ?? null,
      centre: plan.centre,
      session,
      rooms,
      workstations: plan.workstations.filter((w) => rooms.some((r) => r.roomId === w.roomId)),
      examiners: plan.examiners.filter((e) =>
        [...plan.panels, ...rooms.flatMap((r) => book.panel(sessionId, r.roomId))].some(
          (p) => p.sessionId === sessionId && p.examinerId === e.examinerId,
        ),
      ),
      panels: plan.panels.filter((p) => p.sessionId === sessionId),
      rubric: book.rubric(session.rubricId) ?? null,
    }),
    doc(2, '2-plan/rule-pack', 'rule-pack', '规则包', 'Rule pack', deps.pack(sessionId)),
    doc(
      2,
      '2-plan/rules-record',
      'rules-record',
      '规则的改动和签名',
      'Changes and signatures of the rules',
      deps.rulesRecord(sessionId),
    ),
    doc(3, '3-process/steps', 'steps', '场次经过', 'Steps of the session', stepsOf(db, sessionId)),
    doc(3, '3-process/staff', 'staff', '工作人员', 'Staff', deps.staff()),
    doc(
      3,
      '3-process/panels',
      'panels',
      '考评小组、变更与合规评价',
      'Panels, their changes and evaluations',
      panelsDocument(db, book, deps.shelf.adopted()!.summary.digest, sessionId),
    ),
    doc(3, '3-process/attempts', 'attempts', '入场核验记录', 'Check-in records', recordsIn(db, sessionId)),
    doc(
      3,
      '3-process/admissions-undone',
      'admissions-undone',
      '撤销的入场',
      'Admissions taken back',
      undoneIn(db, sessionId),
    ),
    doc(3, '3-process/consents', 'consents', '承诺书与单独同意', 'Pledges and consents', consentsIn(db, sessionId)),
    doc(3, '3-process/panel-draws', 'panel-draws', '考评小组抽签', 'Draws of panels', drawsDocument(db, sessionId)),
    doc(3, '3-process/seating', 'seating', '抽工位', 'Workstations drawn', {
      seed: findSeed(db, sessionId),
      draws: drawnSeatsIn(db, sessionId),
    }),
    doc(3, '3-process/presence', 'presence', '离场、返回与场内复核', 'Leaving, coming back and re-checks', {
      movements: movementsIn(db, sessionId),
      draws: drawsIn(db, sessionId),
      rechecks: rechecksIn(db, sessionId),
      results: resultsIn(db, sessionId),
    }),
    doc(3, '3-process/inspections', 'inspections', '抽查', 'Inspections', {
      inspections: inspectionsIn(db, sessionId),
    }),
    doc(
      3,
      '3-process/appraisals',
      'appraisals',
      '考评员工作考核',
      'Appraisal of examiners',
      appraisalsIn(db, sessionId),
    ),
    doc(3, '3-process/absences', 'absences', '缺考名单', 'Absences', [...absentIn(db, sessionId)].sort()),
    doc(
      3,
      '3-process/recordings',
      'recordings',
      '录像与缺口',
      'Recordings and gaps',
      cameras.map((c) => ({
        cameraId: c.cameraId,
        roomId: c.roomId,
        label: c.label,
        recordings: recordingsOf(db, sessionId, c.cameraId),
        gaps: gapsOf(db, sessionId, c.cameraId),
      })),
    ),
    doc(3, '3-process/coverage', 'coverage', '录像覆盖', 'Coverage by video', deps.coverage(sessionId)),
    doc(3, '3-process/declarations', 'declarations', '缺项说明', 'Declared missing items', {
      declarations: [...declarationsIn(db, sessionId).values()],
      signature: standingSignature(db, sessionId),
    }),
    doc(
      3,
      '3-process/paper',
      'paper',
      '纸质材料清点与扫描',
      'Paper counted and scanned',
      paperDocument(db, sessionId, lineIdsOf(book, sessionId), deps.rules(sessionId)['archive.second-count-by-other']),
    ),
    doc(3, '3-process/self-test', 'self-test', '封存前自检', 'Self-test before sealing', latestSelfTest(db, sessionId)),
    doc(3, '3-process/supervision', 'supervision', '督导记录（另行密封）清单', "Supervisors' records, sealed apart", {
      recipient: plan.centre.supervisionRecipient ?? null,
      records: supervisorRecordsIn(db, sessionId).map(({ recordId, evidenceId, byName, atMs, storedSha256 }) => ({
        recordId,
        path: supervisionPath(evidenceId),
        byName,
        atMs,
        storedSha256,
      })),
    }),
    doc(4, '4-results/sheets', 'score-sheets', '锁定的评分', 'Locked marks', {
      numbers: rooms.map((r) => ({ roomId: r.roomId, numbers: numbersIn(db, sessionId, r.roomId) })),
      sheets: lockedSheets(db, sessionId),
      signatures: signaturesIn(db, sessionId),
    }),
    doc(4, '4-results/decisions', 'score-decisions', '定分、更正与违纪处理', 'Decisions about marks', {
      decisions: decisionsIn(db, sessionId),
    }),
    doc(4, '4-results/theory', 'theory-marks', '理论成绩', 'Theory marks', {
      accepted: theoryResultOf(db, sessionId),
      typed: typedIn(db, sessionId),
      settled: settledIn(db, sessionId),
    }),
    doc(4, '4-results/parts', 'parts', '各科合格情况', 'Standing of the parts', deps.parts(sessionId)),
    doc(4, '4-results/results', 'results', '成绩', 'Results', { rules: scoringRules(deps, sessionId), rooms: results }),
    doc(
      5,
      '5-certificates/candidates-passed',
      'candidates-passed',
      '合格名单（待办证）',
      'Passed, certificates to follow',
      {
        passed: passed.map((r) => r.candidateId).sort(),
      },
    ),
    doc(
      5,
      '5-certificates/certificates',
      'certificates',
      '证书数据预检',
      'Certificate data, checked',
      deps.certificates(sessionId),
    ),
  ];
}

/** The values the results rest on, written beside them so that a verifier can recompute. */
const scoringRules = (deps: ArchiveDeps, sessionId: string) => {
  const rules = deps.rules(sessionId);
  return {
    'scoring.combine': rules['scoring.combine'],
    'scoring.spread-limit-tenths': rules['scoring.spread-limit-tenths'],
    'scoring.item-spread-percent': rules['scoring.item-spread-percent'],
    'scoring.min-examiners': rules['scoring.min-examiners'],
  };
};

const supervisionPath = (evidenceId: string): string => `data/supervision/${evidenceId}.json.age`;

const TITLES: Record<string, { zh: string; en: string }> = {
  'plan-photo': { zh: '报名照', en: 'Reference photograph' },
  'live-face': { zh: '现场人脸', en: 'Live face' },
  'card-text': { zh: '证件读出的内容', en: 'Text of the card' },
  'card-photo': { zh: '证件内照片', en: 'Photograph of the card' },
  'card-picture': { zh: '拍下的证件', en: 'Picture of the card' },
  'document-picture': { zh: '其他证件的照片', en: 'Picture of another document' },
  'consent-signature': { zh: '承诺书与单独同意的签名', en: 'Signature under pledge and consent' },
  'leave-signature': { zh: '签退签名', en: 'Signature on leaving' },
  'recheck-face': { zh: '场内复核的人脸', en: 'Face at a re-check in the room' },
  'live-still': { zh: '送交中心的画面', en: 'Still sent to the centre' },
  signature: { zh: '手写签名', en: 'Handwritten signature' },
  'decision-evidence': { zh: '违纪处理佐证材料', en: 'Evidence of a decision' },
  'theory-file': { zh: '理论机读成绩文件', en: 'Machine-marked theory file' },
  'paper-scan': { zh: '扫描件', en: 'Scan' },
  'supervisor-record': { zh: '督导记录', en: "Supervisor's record" },
  'declarations-signature': { zh: '缺项说明的签名', en: 'Signature under the declared missing items' },
  'lead-signature': { zh: '负责人签名', en: "The lead's signature" },
  video: { zh: '录像', en: 'Video' },
  'evidence-clip': { zh: '截取的录像片段', en: 'Clip cut of the video' },
  'evidence-still': { zh: '截取的画面', en: 'Still taken of the video' },
};

function evidenceOf(deps: ArchiveDeps, book: PlanBook, sessionId: string): PlacedEvidence[] {
  const { db, vault } = deps;
  const digest = deps.shelf.adopted()!.summary.digest;
  const roomOf = new Map(
    book.roomsOf(sessionId).flatMap((r) => r.cameras.map((c) => [c.cameraId as string, r.roomId])),
  );
  const leadSignature = latestSignOff(db, sessionId)?.evidenceId;
  const declarationsSigned = standingSignature(db, sessionId)?.evidenceId;
  const scans = new Map(scansIn(db, sessionId).map((s) => [s.evidenceId, s]));
  const photos = book.candidatesOf(sessionId).flatMap((c) => {
    const id = planPhoto(db, digest, c.photo.sha256);
    const evidence = id && vault.find(db, id);
    return evidence ? [place(evidence, 'plan-photo', 1, `1-enrolment/photos/${c.candidateId}`, c.candidateId)] : [];
  });
  const captured = vault.ofSession(db, sessionId).flatMap((e) => {
    if (e.kind === 'video') {
      const room = roomOf.get(e.subject ?? '') ?? 'room';
      return [place(e, 'video', 'video', `video/${room}/${e.subject}/${e.beginMs}-${e.evidenceId}`)];
    }
    if (e.kind === 'signature') {
      // Only the signature that stands; one that a later change undid stays in the vault.
      if (e.subject === 'site-lead') {
        return e.evidenceId === leadSignature ? [place(e, 'lead-signature', 3, `3-process/lead-signature`)] : [];
      }
      if (e.subject === 'declarations') {
        const stands = e.evidenceId === declarationsSigned;
        return stands ? [place(e, 'declarations-signature', 3, '3-process/declarations-signature')] : [];
      }
      return [place(e, 'signature', 4, `4-results/signatures/${e.evidenceId}`)];
    }
    // Forms join when the session is sealed, as they read then.
    if (e.kind === 'form') return [];
    if (e.kind === 'decision-evidence' || e.kind === 'theory-file') {
      return [place(e, e.kind, 4, `4-results/papers/${e.evidenceId}`)];
    }
    if (e.kind === 'paper-scan') {
      // One that was taken out again stays in the vault.
      const scan = scans.get(e.evidenceId);
      return scan ? [place(e, 'paper-scan', scan.volume, `${VOLUME_FOLDERS[scan.volume]}/scans/${e.evidenceId}`)] : [];
    }
    if (e.kind === 'supervisor-record') {
      return [place(e, 'supervisor-record', 'supervision', `supervision/${e.evidenceId}.json`)];
    }
    return [place(e, e.kind, 3, `3-process/evidence/${e.evidenceId}`)];
  });
  return [...photos, ...captured];
}

function place(
  evidence: Evidence,
  kind: string,
  volume: Volume,
  path: string,
  subject = evidence.subject,
): PlacedEvidence {
  const { sha256, sizeBytes, storedSha256, mediaType, beginMs, endMs } = evidence;
  return {
    evidence,
    item: {
      path: `data/${path}.age`,
      sha256,
      sizeBytes,
      storedSha256,
      mediaType,
      kind,
      volume,
      title: TITLES[kind] ?? { zh: kind, en: kind },
      ...(beginMs === null ? {} : { beginMs }),
      ...(endMs === null ? {} : { endMs }),
      ...(subject === null ? {} : { subject }),
    },
  };
}

export const sourceFile = (vaultFolder: string, evidence: Evidence): string => join(vaultFolder, evidence.file);
