import { createHash, type KeyObject } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { sshFingerprint, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { parseSshSignature, signSsh, verifySsh } from '../../lib/sshsig.ts';
import type { PlanProblem } from './contract.ts';
import { Findings, fileProblem, type Sentence } from './findings.ts';
import { checkPhoto, MAX_PHOTO_BYTES } from './photo.ts';
import { Plan } from './plan-schema.ts';
import { flattenPlan, type TableName } from './plan-tables.ts';
import { planViolations } from './plan-violations.ts';
import type { PlanProblemCode } from './problem-texts.ts';
import type { TableReading } from './read-table.ts';
import { readZip, type ZipFault } from './read-zip.ts';
import { writeStoredZip } from './write-zip.ts';

/** The SSHSIG namespace of plan packages: a signature made for a bundle or a receipt does not sign a plan. */
export const PLAN_NAMESPACE = 'kaodian-plan';

const PLAN_FILE = 'plan.json';
const SIGNATURE_FILE = 'plan.json.sig';
const PHOTO_PATH = /^photos\/([0-9a-f]{64})\.(?:jpg|png)$/;
const LIMITS = { maxEntries: 6_000, maxEntryBytes: 16 * 1024 * 1024, maxTotalBytes: 520 * 1024 * 1024 };

export interface PackagedPlan {
  plan: Plan;
  /** By SHA-256. */
  photos: Map<string, Uint8Array>;
  warnings: Sentence[];
}

export type PackageFault = {
  code:
    | `archive-${ZipFault['code']}`
    | 'unsigned'
    | 'bad-signature'
    | 'unknown-signer'
    | 'malformed'
    | 'photo-missing'
    | 'photo-altered'
    | 'violations';
  /** The same for a person; for a package, `row` counts the entries of a list in plan.json from 1. */
  problems: [PlanProblem, ...PlanProblem[]];
};

/**
 * Opens a plan package: a zip of `plan.json` (canonical JSON), its SSHSIG `plan.json.sig`, and `photos/<sha256>.jpg`
 * or `.png`. The signature is checked before anything is parsed; the photos are bound by the hashes in the plan.
 *
 * @param trustedKeys `ssh-ed25519` lines that may sign; `signer-in-package` lets any key sign that the plan itself
 *   names as the centre's: only after a person has compared `signerFingerprint` with the centre's paper
 */
export async function readPlanPackage(
  bytes: Uint8Array,
  trustedKeys: readonly string[] | 'signer-in-package',
): Promise<Result<PackagedPlan, PackageFault>> {
  const files = await openPackage(bytes);
  if (!files.ok) return files;
  const { planBytes, signature, photos } = files.value;
  const signed = verifySsh(signature, planBytes, PLAN_NAMESPACE);
  if (!signed.ok) return fault('bad-signature');
  if (trustedKeys !== 'signer-in-package' && !isAmong(signed.value.publicKey, trustedKeys))
    return fault('unknown-signer');
  const plan = parsePlan(planBytes);
  if (!plan.ok) return plan;
  if (trustedKeys === 'signer-in-package' && !isAmong(signed.value.publicKey, plan.value.centre.verificationKeys)) {
    return fault('unknown-signer');
  }
  // A plan cannot withdraw the very key that vouches for it.
  if (isAmong(signed.value.publicKey, plan.value.centre.revokedKeys ?? [])) return fault('unknown-signer');
  const found = new Findings(listReadings(plan.value));
  for (const violation of planViolations(plan.value)) found.addViolation(violation);
  const [first, ...more] = found.listed('problem');
  if (first !== undefined) return err({ code: 'violations', problems: [first, ...more] });
  const unfit = unfitPhoto(plan.value, photos);
  if (unfit !== null) return unfit;
  return ok({ plan: plan.value, photos, warnings: found.sentences('warning') });
}

/** `SHA256:…` of the key that signed, as `ssh-keygen -l` prints it; whether the signature is good is not asked here. */
export async function signerFingerprint(bytes: Uint8Array): Promise<Result<string, PackageFault>> {
  const files = await openPackage(bytes);
  if (!files.ok) return files;
  const signature = parseSshSignature(files.value.signature);
  if (!signature.ok) return fault('bad-signature');
  return ok(sshFingerprint(signature.value.publicKey));
}

/**
 * A plan package as a centre's tool writes it; the same input makes the same bytes.
 *
 * @param photos by SHA-256
 * @throws Error when a photo that the plan names is missing
 */
export function writePlanPackage(
  plan: Plan,
  photos: ReadonlyMap<string, Uint8Array>,
  centreKey: KeyObject,
): Uint8Array {
  const planBytes = Buffer.from(canonicalJson(plan), 'utf8');
  const files = new Map<string, Uint8Array>([
    [PLAN_FILE, planBytes],
    [SIGNATURE_FILE, Buffer.from(signSsh(planBytes, PLAN_NAMESPACE, centreKey), 'utf8')],
  ]);
  for (const sha256 of [...photosOf(plan)].sort()) {
    const photo = photos.get(sha256);
    if (photo === undefined) throw new Error(`no photo with the hash ${sha256}`);
    files.set(`photos/${sha256}.${photo[0] === 0x89 ? 'png' : 'jpg'}`, photo);
  }
  return writeStoredZip(files);
}

/** SHA-256 of every picture the plan names. */
const photosOf = (plan: Plan): Set<string> =>
  new Set([...plan.candidates, ...(plan.blocked ?? [])].map(({ photo }) => photo.sha256));

interface OpenedPackage {
  planBytes: Uint8Array;
  signature: string;
  photos: Map<string, Uint8Array>;
}

async function openPackage(bytes: Uint8Array): Promise<Result<OpenedPackage, PackageFault>> {
  const zip = await readZip(bytes, LIMITS);
  if (!zip.ok) return fault(`archive-${zip.error.code}`, { name: zip.error.name ?? '' });
  const photos = new Map<string, Uint8Array>();
  for (const [name, content] of zip.value) {
    if (name === PLAN_FILE || name === SIGNATURE_FILE) continue;
    const sha256 = PHOTO_PATH.exec(name)?.[1];
    if (sha256 === undefined) return fault('malformed', { place: name });
    if (content.length > MAX_PHOTO_BYTES) return fault('archive-too-large', { name });
    photos.set(sha256, content);
  }
  const [planBytes, signature] = [zip.value.get(PLAN_FILE), zip.value.get(SIGNATURE_FILE)];
  if (planBytes === undefined) return fault('malformed', { place: PLAN_FILE });
  if (signature === undefined) return fault('unsigned');
  return ok({ planBytes, signature: Buffer.from(signature).toString('utf8'), photos });
}

function parsePlan(planBytes: Uint8Array): Result<Plan, PackageFault> {
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(planBytes);
    json = JSON.parse(text);
    // One spelling only: the digest on the centre's paper is that of these very bytes.
    if (canonicalJson(json) !== text) return fault('malformed', { place: PLAN_FILE });
  } catch {
    return fault('malformed', { place: PLAN_FILE });
  }
  const plan = Plan.safeParse(json);
  if (plan.success) return ok(plan.data);
  return fault('malformed', { place: plan.error.issues.map((issue) => issue.path.join('.')).join(', ') });
}

function unfitPhoto(plan: Plan, photos: ReadonlyMap<string, Uint8Array>): { ok: false; error: PackageFault } | null {
  const wanted = photosOf(plan);
  for (const sha256 of wanted) if (!photos.has(sha256)) return fault('photo-missing', { name: sha256 });
  for (const [sha256, bytes] of photos) {
    const genuine = createHash('sha256').update(bytes).digest('hex') === sha256;
    if (!genuine || !checkPhoto(bytes).ok) return fault('photo-altered', { name: sha256 });
    if (!wanted.has(sha256)) return fault('malformed', { place: `photos/${sha256}` });
  }
  return null;
}

/** Key lines are compared without their comments. */
const isAmong = (key: KeyObject, lines: readonly string[]) =>
  lines.some((line) => line.split(' ').slice(0, 2).join(' ') === sshPublicKeyLine(key));

const fault = (code: PackageFault['code'], facts: Record<string, string> = {}): { ok: false; error: PackageFault } =>
  err({ code, problems: [fileProblem('', `package-${code}` as PlanProblemCode, facts)] });

/** The lists of a package as if they were sheets, so that what does not fit together is said in the same words. */
function listReadings(plan: Plan): Map<TableName, TableReading> {
  return new Map(
    Object.entries(flattenPlan(plan)).map(([table, rows]) => [
      table as TableName,
      {
        rows: rows.map((values: object, i: number) => ({ row: i + 1, values })),
        columns: new Map(),
        problems: [],
        warnings: [],
      },
    ]),
  );
}
