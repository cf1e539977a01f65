import { z } from 'zod';

/** The four properties of an electronic file: 真实性, 完整性, 可用性, 安全性 (after DA/T 70). */
export const Property = z.enum(['authenticity', 'integrity', 'usability', 'safety']);
export type Property = z.infer<typeof Property>;

export const CheckId = z.enum([
  'journal-agrees',
  'signatures-readable',
  'files-there',
  'bytes-agree',
  'missing-declared',
  'paper-counted',
  'formats-lasting',
  'contents-open',
  'no-active-content',
  'encrypted-for-both',
]);
export type CheckId = z.infer<typeof CheckId>;

export const TestedCheck = z.object({
  id: CheckId,
  property: Property,
  result: z.enum(['pass', 'fail', 'not-done']),
  /** How many things were looked at, and which did not hold. */
  looked: z.int(),
  wrong: z.array(z.string()),
});
export type TestedCheck = z.infer<typeof TestedCheck>;

export const SelfTestResult = z.object({
  format: z.literal('kaodian-self-test/1'),
  /** What was tested, by its digest: once something is added, the test is one of something else. */
  contentSha256: z.string(),
  atMs: z.number(),
  byName: z.string(),
  checks: z.array(TestedCheck),
});
export type SelfTestResult = z.infer<typeof SelfTestResult>;

export const SelfTest = z.object({
  running: z.object({ done: z.int(), total: z.int() }).nullable(),
  last: SelfTestResult.nullable(),
  /** Whether the last result is still one of what would be sealed now. */
  stands: z.boolean(),
});
export type SelfTest = z.infer<typeof SelfTest>;
