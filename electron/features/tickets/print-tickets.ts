import { createPublicKey, type KeyObject } from 'node:crypto';
import sharp from 'sharp';
import { err, ok, type Result } from '../../lib/result.ts';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { printPdf } from '../../printing/print-pdf.ts';
import { issueTicket, ticketKeyId } from '../identity/ticket.ts';
import type { CentreCard, Plan } from '../plan/plan-schema.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { type AdmissionTicket, admissionTickets, claimsOf } from './admission-tickets.ts';
import { ticketPage } from './ticket-page.ts';

export interface TicketOrder {
  plan: Plan;
  /** Of the plan's candidates, by SHA-256. */
  photos: ReadonlyMap<string, Uint8Array>;
  pack: RulePack;
  centreKey: KeyObject;
  /** Prints the whole document number; masked otherwise. */
  wholeNumber: boolean;
  /** Ticket numbers to print, as for a lost ticket; all when empty. */
  only: readonly string[];
  nowMs: number;
  /** `resources/fonts` */
  fontsDir: string;
}

export interface PrintedTickets {
  pdf: Uint8Array;
  ticketNumbers: string[];
  /** Tickets with an empty frame: their picture could not be decoded. */
  withoutPhoto: string[];
  /** Characters that no font of this machine draws. */
  undrawn: string[];
}

export type TicketsError =
  | { code: 'KEY_NOT_OF_CENTRE' | 'KEY_REVOKED' }
  | { code: 'NO_SUCH_TICKET' | 'TOO_MANY_SESSIONS'; ticketNumber: string };

/** As many as a ticket states. */
const MOST_SESSIONS = 16;
/** 35 x 45 mm at 300 dots an inch. */
const PHOTO_PIXELS = { width: 413, height: 531 } as const;

/**
 * The admission tickets of a plan, signed and printed, one page each, by ticket number. Only a key on the centre's card
 * of this very plan signs: a station would not believe another's.
 */
export async function printTickets(order: TicketOrder): Promise<Result<PrintedTickets, TicketsError>> {
  const { plan, centreKey, pack, wholeNumber } = order;
  const standing = standingOf(centreKey, plan.centre);
  if (standing !== 'trusted') return err({ code: standing });
  const tickets = chosen(admissionTickets(plan), order.only);
  if (!tickets.ok) return tickets;

  const publicKey = createPublicKey(centreKey);
  const images = await pictures(tickets.value, order.photos);
  const pages = tickets.value.map((ticket, i) => {
    const photo = images.has(ticket.photo.sha256) ? ticket.photo.sha256 : null;
    const code = issueTicket(claimsOf(ticket, plan), publicKey, centreKey);
    const page = ticketPage(ticket, code, photo, { plan, pack, wholeNumber });
    return { stack: [page], ...(i > 0 && { pageBreak: 'before' as const }) };
  });
  const { pdf, undrawn } = await printPdf(
    {
      title: `准考证 ${plan.batch}`,
      author: plan.centre.name,
      madeAtMs: order.nowMs,
      content: pages,
      footer: `${plan.centre.name}签发 · 计划 ${plan.planId} · 签名公钥 ${ticketKeyId(publicKey)}`,
      images,
    },
    order.fontsDir,
  );
  const withoutPhoto = tickets.value.filter((t) => !images.has(t.photo.sha256)).map((t) => t.ticketNumber);
  return ok({ pdf, ticketNumbers: tickets.value.map((t) => t.ticketNumber), withoutPhoto, undrawn });
}

function standingOf(key: KeyObject, centre: CentreCard): 'trusted' | 'KEY_NOT_OF_CENTRE' | 'KEY_REVOKED' {
  const own = sshPublicKeyLine(key);
  const isAmong = (lines: readonly string[]) => lines.some((line) => line.split(' ').slice(0, 2).join(' ') === own);
  if (isAmong(centre.revokedKeys ?? [])) return 'KEY_REVOKED';
  return isAmong(centre.verificationKeys) ? 'trusted' : 'KEY_NOT_OF_CENTRE';
}

function chosen(all: readonly AdmissionTicket[], only: readonly string[]): Result<AdmissionTicket[], TicketsError> {
  const wanted = new Set(only.map((number) => number.toUpperCase()));
  const picked = all.filter((t) => wanted.size === 0 || wanted.has(t.ticketNumber.toUpperCase()));
  const found = new Set(picked.map((t) => t.ticketNumber.toUpperCase()));
  const missing = [...wanted].find((number) => !found.has(number));
  if (missing !== undefined) return err({ code: 'NO_SUCH_TICKET', ticketNumber: missing });
  const crowded = picked.find((t) => t.parts.length > MOST_SESSIONS);
  return crowded ? err({ code: 'TOO_MANY_SESSIONS', ticketNumber: crowded.ticketNumber }) : ok(picked);
}

/** Each picture small, upright and in a form that every viewer shows, whatever camera or editor wrote it. */
async function pictures(
  tickets: readonly AdmissionTicket[],
  photos: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const made = new Map<string, Uint8Array>();
  for (const { photo } of tickets) {
    const bytes = photos.get(photo.sha256);
    if (bytes === undefined || made.has(photo.sha256)) continue;
    const picture = sharp(bytes, { limitInputPixels: 36_000_000 }).rotate();
    const small = picture.resize({ ...PHOTO_PIXELS, fit: 'cover' }).flatten({ background: 'white' });
    // Only its first bytes were looked at when the plan was read.
    const jpeg = await small
      .jpeg({ quality: 88 })
      .toBuffer()
      .catch(() => null);
    if (jpeg !== null) made.set(photo.sha256, new Uint8Array(jpeg));
  }
  return made;
}
