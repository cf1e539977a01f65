import type { TableName } from './plan-tables.ts';

/** What does not fit together, and where: a row (from 0) and a field of one of the tables. */
export interface PlanViolation {
  code: PlanViolationCode;
  /** A warning is shown and kept; anything else keeps the plan out. */
  weight: 'problem' | 'warning';
  table: TableName;
  index: number;
  field: string;
  /** Rows of the same table that the violation is about too, from 0. */
  otherIndex?: number;
  facts: Record<string, string>;
}

export type PlanViolationCode =
  | 'key-revoked'
  | 'duplicate'
  | 'duplicate-in-session'
  | 'workstation-taken'
  | 'too-few-workstations'
  | 'unknown-reference'
  | 'workstation-in-other-room'
  | 'session-times'
  | 'session-too-long'
  | 'session-without-rubric'
  | 'session-without-candidates'
  | 'room-without-camera'
  | 'camera-sees-other-room'
  | 'workstation-not-seen'
  | 'room-without-panel'
  | 'panel-without-lead'
  | 'panel-with-two-leads'
  | 'examiner-twice-in-panel'
  | 'examiner-in-two-rooms'
  | 'candidate-in-two-places'
  | 'rubric-without-items'
  | 'rubric-sum'
  | 'rubric-pass-above-sum'
  | 'deduction-above-item'
  | 'item-step'
  | 'deduction-step'
  | 'item-minutes'
  | 'section-torn'
  | 'rubric-for-another'
  | 'part-pass-below'
  | 'part-pass-late'
  | 'part-pass-twice'
  | 'photo-shared'
  | 'blocked-photo-of-candidate'
  | 'document-shape'
  | 'document-check-digit'
  | 'document-birth-date'
  | 'document-other-type'
  | 'document-unusual'
  | 'sex-disagrees';
