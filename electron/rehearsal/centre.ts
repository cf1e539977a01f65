import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { issueTicket } from '../features/identity/ticket.ts';
import { ticketHolderHash } from '../features/identity/ticket-payload.ts';
import type { CentreCard, Plan, PlannedCandidate } from '../features/plan/plan-schema.ts';
import { sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import { generateIdentity } from '../vault/age/age.ts';

/** An invented appraisal centre (样本鉴定中心) with fresh keys: it issues the tickets and opens what is sealed. */
export interface RehearsalCentre {
  readonly card: CentreCard;
  /** `AGE-SECRET-KEY-1...`; left beside the bundle as centre.key. */
  readonly identity: string;
  /** Opens the supervisor's record and nothing else. */
  readonly supervisionIdentity: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function openCentre(): RehearsalCentre {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { identity, recipient } = generateIdentity();
  const supervision = generateIdentity();
  const card = {
    name: '样本鉴定中心',
    recipient,
    verificationKeys: [sshPublicKeyLine(publicKey)],
    supervisionRecipient: supervision.recipient,
  };
  return { card, identity, supervisionIdentity: supervision.identity, publicKey, privateKey };
}

/** The signed ticket of a candidate, as the QR code on paper holds it. */
export function ticketOf(centre: RehearsalCentre, plan: Plan, c: PlannedCandidate): string {
  const session = plan.sessions.find((s) => s.sessionId === c.sessionId)!;
  return issueTicket(
    {
      ticketNumber: c.ticketNumber,
      name: c.name,
      holderHash: ticketHolderHash(c.ticketNumber, c.documentNumber),
      occupation: session.occupation,
      level: session.level,
      siteId: plan.site.siteId,
      sessionIds: [c.sessionId],
      photoHash: new Uint8Array(Buffer.from(c.photo.sha256, 'hex').subarray(0, 16)),
    },
    centre.publicKey,
    centre.privateKey,
  );
}
