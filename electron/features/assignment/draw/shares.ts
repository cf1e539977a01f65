import { actorOf, type Caller } from '../../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../../db/database.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { commitmentHash, type DrawCommitment, seedOf, shareHash } from '../../draw/panels/commitment.ts';
import { DRAW_CODE } from '../../draw/panels/draw-panels.ts';
import type { PinError } from '../../staff/pin.ts';
import type { AssignmentDeps } from '../deps.ts';
import { assignmentEvents } from '../events.ts';
import type { DrawParty, DrawView } from './contract.ts';
import { fileShare, type Share, typedShare } from './share-text.ts';
import { type DrawError, drawAt, keepStep, refuseStep } from './step.ts';
import { type Draw, findDraw, keepShare, takeShare } from './store.ts';
import { drawView } from './view.ts';

/** In the order of the commitment, and so of the seed. */
export const PARTIES = ['site', 'supervisor', 'centre'] as const satisfies readonly DrawParty[];

const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type ShareWish =
  | { by: 'typed'; text: string }
  | { by: 'file'; name: string; bytes: Uint8Array }
  | { by: 'hash'; sha256: string };

export type SealError =
  | DrawError
  | PinError
  | { code: 'ALREADY_SEALED' }
  | { code: 'SUPERVISOR_NEEDED' }
  | { code: 'FILE_TOO_LARGE'; data: { maxBytes: number } };

/**
 * Step 2: a party seals its share. What is typed is kept here, unseen, until the opening; who trusts the station with nothing
 * gives the hash alone. With the last share the commitment stands and is published.
 */
export async function sealShare(
  deps: AssignmentDeps,
  caller: Caller,
  wish: {
    drawId: string;
    party: 'supervisor' | 'centre';
    share: ShareWish;
    supervisor?: { staffId: string; pin: string };
  },
): Promise<Result<DrawView, SealError>> {
  const { drawId, party, share } = wish;
  const at = { drawId, step: 'seal', stages: ['prepared'] as const };
  const refusedFor = (w: WriteDb): { ok: false; error: SealError } | null => {
    const draw = drawAt(deps, w, caller, at);
    if (!draw.ok) return draw;
    if (draw.value.sealed[party]) return refuseStep(deps, w, caller, at, { code: 'ALREADY_SEALED' });
    if (share.by === 'file' && share.bytes.length > MAX_FILE_BYTES) {
      return refuseStep(deps, w, caller, at, { code: 'FILE_TOO_LARGE', data: { maxBytes: MAX_FILE_BYTES } });
    }
    return null;
  };
  const early = inTransaction(deps.db, refusedFor);
  if (early) return early;
  let who = caller;
  if (party === 'supervisor') {
    const member = deps.staff().find((m) => m.staffId === wish.supervisor?.staffId);
    if (!wish.supervisor || !member?.roles.includes('supervisor')) {
      return inTransaction(deps.db, (w) => refuseStep(deps, w, caller, at, { code: 'SUPERVISOR_NEEDED' }));
    }
    const { staffId, pin } = wish.supervisor;
    const checked = await deps.checkPin(staffId, pin, 'draw-share', actorOf(caller, 'site-lead'));
    if (!checked.ok) return checked;
    who = { ...caller, member };
  }
  const kept = keptShare(share);
  const sha256 = share.by === 'hash' ? share.sha256 : shareHash({ party, share: kept!.share });
  const done = inTransaction(deps.db, (w): Result<true, SealError> => {
    const late = refusedFor(w);
    if (late) return late;
    const actor = actorOf(who, party === 'supervisor' ? 'supervisor' : 'site-lead');
    const seq = deps.journal.append(w, actor, assignmentEvents.shareSealed, { drawId, party, sha256, how: share.by });
    keepStep(deps, w, who, { drawId, step: 'share-sealed', party, seq }, { sha256, keptHere: kept !== null });
    if (kept) keepShare(w, drawId, party, kept);
    commitWhenComplete(deps, w, caller, findDraw(w, drawId)!);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(drawView(deps, deps.db, drawId)!);
}

function keptShare(share: ShareWish): Share | null {
  switch (share.by) {
    case 'typed':
      return typedShare(share.text);
    case 'file':
      return fileShare(share.name, share.bytes);
    case 'hash':
      return null;
  }
}

function commitWhenComplete(deps: AssignmentDeps, w: WriteDb, caller: Caller, draw: Draw): void {
  const shares = PARTIES.flatMap((party) => {
    const sealed = draw.sealed[party];
    return sealed ? [{ party, sha256: sealed.data.sha256 }] : [];
  });
  if (shares.length < PARTIES.length) return;
  const { inputSha256, witnessSha256 } = draw.prepared.data;
  const { drawId } = draw;
  const commitment: DrawCommitment = { drawId, inputSha256, witnessSha256, code: DRAW_CODE, shares };
  const sha256 = commitmentHash(commitment);
  const seq = deps.journal.append(w, { kind: 'station' }, assignmentEvents.drawCommitted, {
    drawId,
    sha256,
    commitment,
  });
  keepStep(deps, w, caller, { drawId, step: 'committed', seq }, { commitment, sha256 });
}

export type OpenError = DrawError | { code: 'SHARE_DIFFERS' };

/**
 * Step 3: a share is opened and held against what was sealed. With the last one the seed is known.
 *
 * @param wish  `share` from a party that sealed by its hash alone
 */
export function openShare(
  deps: AssignmentDeps,
  caller: Caller,
  wish: { drawId: string; party: DrawParty; share?: string },
): Result<DrawView, OpenError> {
  const { drawId, party } = wish;
  const at = { drawId, step: 'open', stages: ['committed'] as const };
  const done = inTransaction(deps.db, (w): Result<true, OpenError> => {
    const found = drawAt(deps, w, caller, at);
    if (!found.ok) return found;
    const draw = found.value;
    // Opened already: nothing to do twice.
    if (draw.shares[party]) return ok(true);
    const sealed = draw.sealed[party]!.data;
    const given = wish.share === undefined ? null : { share: wish.share, said: '' };
    const opened = sealed.keptHere ? takeShare(w, drawId, party) : given;
    if (opened === null || shareHash({ party, share: opened.share }) !== sealed.sha256) {
      return refuseStep(deps, w, caller, at, { code: 'SHARE_DIFFERS' });
    }
    const actor = actorOf(caller, 'site-lead');
    const seq = deps.journal.append(w, actor, assignmentEvents.shareOpened, { drawId, party, ...opened });
    keepStep(deps, w, caller, { drawId, step: 'share-opened', party, seq }, opened);
    openWhenComplete(deps, w, caller, findDraw(w, drawId)!);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(drawView(deps, deps.db, drawId)!);
}

function openWhenComplete(deps: AssignmentDeps, w: WriteDb, caller: Caller, draw: Draw): void {
  const shares = openShares(draw);
  if (shares.length < PARTIES.length) return;
  const seed = seedOf(draw.committed!.data.commitment, shares)!.toString('hex');
  const { drawId } = draw;
  const seq = deps.journal.append(w, { kind: 'station' }, assignmentEvents.drawOpened, { drawId, seed });
  keepStep(deps, w, caller, { drawId, step: 'opened', seq }, { seed });
}

export const openShares = (draw: Draw): { party: string; share: string }[] =>
  PARTIES.flatMap((party) => {
    const opened = draw.shares[party];
    return opened ? [{ party, share: opened.data.share }] : [];
  });
