import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../contract/caller.ts';
import { type Db, inTransaction } from '../db/database.ts';
import {
  type ExaminerInPlan,
  findConnection,
  findStaff,
  insertConnection,
  memberUnder,
} from '../features/staff/store.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/new-id.ts';

const hash = (token: string): Uint8Array => createHash('sha256').update(token).digest();
const ticketOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Who is behind a request. A window comes in once by a one-time token and gets a cookie; the cookie's hash is kept in
 * the database, so that a restart of the station signs nobody out.
 */
export class Connections {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #examinerInPlan: ExaminerInPlan;
  /** Hashes of tokens handed out and not used yet. Gone at a restart, like the windows they were meant for. */
  readonly #tickets = new Set<string>();

  constructor(db: Db, clock: Clock, examinerInPlan: ExaminerInPlan) {
    this.#examinerInPlan = examinerInPlan;
    this.#db = db;
    this.#clock = clock;
  }
  /** A token that opens the station once. */
  issueToken(): string {
    const token = randomBytes(32).toString('base64url');
    this.#tickets.add(ticketOf(token));
    return token;
  }
  /** Path and query under which the token is redeemed; `path` is the desk it leads to. */
  entryPath(path = '/'): string {
    return `/enter?token=${this.issueToken()}&path=${encodeURIComponent(path)}`;
  }
  /** Takes the token for a new cookie value; null when it was never issued or is used up. */
  redeem(token: string): string | null {
    if (!this.#tickets.delete(ticketOf(token))) return null;
    const cookie = randomBytes(32).toString('base64url');
    inTransaction(this.#db, (w) => insertConnection(w, newId('C'), hash(cookie), this.#clock.wallMs()));
    return cookie;
  }
  /** The caller a cookie stands for; null for a cookie this station did not give. */
  callerOf(cookie: string, from: string): Caller | null {
    const connection = findConnection(this.#db, hash(cookie));
    if (!connection) return null;
    const person = connection.staffId === null ? null : findStaff(this.#db, connection.staffId);
    const member = person && memberUnder(this.#examinerInPlan, person);
    return { connectionId: connection.connectionId, member, desk: connection.desk, from };
  }
}
