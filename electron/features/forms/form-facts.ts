import type { PlannedSession } from '../plan/plan-schema.ts';
import type { SignaturePlace } from './signature-place.ts';

/** What stands at the head of every form. */
export interface FormHead extends Pick<PlannedSession, 'part' | 'occupation' | 'level' | 'startsAtMs' | 'endsAtMs'> {
  siteName: string;
  filingNumber: string;
  batch: string;
  sessionLabel: string;
  /** A rehearsal's form says so across its head: it must not be taken for a real one. */
  rehearsal: boolean;
}

export interface ExaminerLine {
  examinerId: string;
  name: string;
  duty: 'lead' | 'member' | 'reserve';
  grade: 'examiner' | 'senior';
  cardNumber: string;
  employer: string;
}

/** 评分表: one examiner's marks for one candidate. No name of the candidate: it is marked by number. */
export interface ScoreSheetFacts {
  roomName: string;
  rubricTitle: string;
  anonymousNumber: string;
  seat: string;
  examiner: ExaminerLine;
  items: { title: string; maxTenths: number; tenths: number }[];
  /** What the examiner found that fails the candidate outright (否决项). */
  vetoes: string[];
  note: string;
  lockedAtMs: number;
  checkCode: string;
  /** How many candidates the examiner's one signature and check code stand for. */
  candidates: number;
  /** Entries made after the lock, oldest first; the marks above are as they were locked. */
  corrections: {
    atMs: number;
    item: string;
    fromTenths: number | null;
    toTenths: number | null;
    reason: string;
    by: string;
    /** Of the lead who made it and of whoever checked it. */
    places: SignaturePlace[];
  }[];
  place: SignaturePlace;
}

/** 成绩汇总表 of one room. */
export interface SummaryFacts {
  roomName: string;
  passTenths: number;
  /** How several totals become one, in words. */
  combined: string;
  examiners: ExaminerLine[];
  rows: {
    ticketNumber: string;
    name: string;
    anonymousNumber: string;
    seat: string;
    /** Totals in the order of `examiners`; null where one has given none. */
    totals: (number | null)[];
    scoreTenths: number | null;
    result: string;
    remark: string;
  }[];
  places: SignaturePlace[];
}

/** 考评小组记录 of a session: who sat where, by what authority, and what the rules said. */
export interface PanelRecordFacts {
  rooms: {
    roomName: string;
    panel: (ExaminerLine & { signedOnAtMs: number | null })[];
    changes: { atMs: number; act: string; panel: string; reason: string; by: string; seq: number }[];
    evaluations: {
      atMs: number;
      stage: string;
      /** Every finding in words, with what was decided; empty means that nothing spoke against the panel. */
      findings: string[];
      factsSha256: string;
      seq: number;
    }[];
  }[];
  /** The draw the panels came from; null where they were not drawn. */
  draw: { drawId: string; commitmentSha256: string; seed: string | null; atMs: number } | null;
  rulePack: string;
  places: SignaturePlace[];
}

/** 回避记录 of a session. */
export interface RecusalRecordFacts {
  entries: {
    atMs: number;
    roomName: string;
    examiner: string;
    /** 自行回避, 负责人要求回避, 规则判定. */
    kind: string;
    /** The clause with its source, where a rule spoke. */
    clause: string;
    reason: string;
    outcome: string;
    seq: number;
  }[];
  rulePack: string;
  places: SignaturePlace[];
}
