import { z } from 'zod';

/** A short identifier as plans write it: letters, digits, dash, underscore; 1 to 40 characters. */
const id = <B extends string>(_brand: B) =>
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/)
    .brand<B>();

export const SiteId = id('SiteId');
export const SessionId = id('SessionId');
export const RoomId = id('RoomId');
export const WorkstationId = id('WorkstationId');
export const CandidateId = id('CandidateId');
export const StaffId = id('StaffId');
export const ExaminerId = id('ExaminerId');
export const CameraId = id('CameraId');
export const AttemptId = id('AttemptId');
export const RubricId = id('RubricId');
export const EvidenceId = id('EvidenceId');
export type SiteId = z.infer<typeof SiteId>;
export type SessionId = z.infer<typeof SessionId>;
export type RoomId = z.infer<typeof RoomId>;
export type WorkstationId = z.infer<typeof WorkstationId>;
export type CandidateId = z.infer<typeof CandidateId>;
export type StaffId = z.infer<typeof StaffId>;
export type ExaminerId = z.infer<typeof ExaminerId>;
export type CameraId = z.infer<typeof CameraId>;
export type AttemptId = z.infer<typeof AttemptId>;
export type RubricId = z.infer<typeof RubricId>;
export type EvidenceId = z.infer<typeof EvidenceId>;
