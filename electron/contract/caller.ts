import type { StaffMember } from '../features/staff/contract.ts';
import type { Actor } from '../journal/entry.ts';

/** Who is asking: known to the server from the cookie, before any procedure runs. */
export interface Caller {
  /** The connection's own id: one per cookie, never the cookie itself. */
  readonly connectionId: string;
  readonly member: StaffMember | null;
  readonly desk: string;
  readonly from: string;
}

/** Where the station does by itself what a desk could ask for. */
export const theStation: Caller = { connectionId: '', member: null, desk: '', from: '' };

/** The caller as the journal names them. `role` is the one that entitled the call, or the first they hold. */
export function actorOf(caller: Caller, role?: string): Actor {
  if (caller === theStation) return { kind: 'station' };
  if (caller.member === null) return { kind: 'stranger', from: caller.from };
  return {
    kind: 'staff',
    staffId: caller.member.staffId,
    role: role ?? caller.member.roles[0] ?? '',
    desk: caller.desk,
  };
}
