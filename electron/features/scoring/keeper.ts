import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { scoringEvents } from './events.ts';
import type { ScoringDeps } from './open-sheet.ts';
import { declarationsOf, insertDeclaration } from './theory-store.ts';

export type KeeperError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'SESSION_SEALED' }
  | { code: 'NOT_DECLARED' }
  | { code: 'KEEPER_NOT_INDEPENDENT'; data: { posts: string[] } };

/**
 * What keeps a score keeper from acting in a session. The score keeper is neither site staff nor trainer
 * (企业内职业技能鉴定成绩管理细则): site staff cannot hold the role at all (staff/roles.ts); a training post known from the
 * dossiers shuts them out here; of posts elsewhere the station knows nothing but their own word, given once a session.
 */
export function keeperViolation(deps: ScoringDeps, db: ReadDb, caller: Caller, sessionId: string): KeeperError | null {
  if (!deps.book()?.session(sessionId)) return { code: 'NO_SUCH_SESSION' };
  if (deps.sessionState(sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  const member = caller.member!;
  const posts = deps.trainingPostsOf(member.name);
  if (posts.length > 0) return { code: 'KEEPER_NOT_INDEPENDENT', data: { posts } };
  const declared = declarationsOf(db, sessionId).some((d) => d.staffId === member.staffId);
  return declared ? null : { code: 'NOT_DECLARED' };
}

type DeclareError = PinError | { code: 'NO_SUCH_SESSION' } | Extract<KeeperError, { code: 'KEEPER_NOT_INDEPENDENT' }>;

/** The score keeper's own word, once a session, with their PIN. */
export async function declareKeeper(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; pin: string },
): Promise<Result<{ declaredAtMs: number }, DeclareError>> {
  const { sessionId } = wish;
  if (!deps.book()?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const member = caller.member!;
  const posts = deps.trainingPostsOf(member.name);
  if (posts.length > 0) return err({ code: 'KEEPER_NOT_INDEPENDENT', data: { posts } });
  const checked = await deps.checkPin(member.staffId, wish.pin, 'declare-keeper', actorOf(caller, 'score-keeper'));
  if (!checked.ok) return checked;
  const declaredAtMs = inTransaction(deps.db, (w) => {
    const before = declarationsOf(w, sessionId).find((d) => d.staffId === member.staffId);
    if (before) return before.atMs;
    const atMs = deps.clock.wallMs();
    insertDeclaration(w, sessionId, member.staffId, atMs);
    deps.journal.append(w, actorOf(caller, 'score-keeper'), scoringEvents.keeperDeclared, {}, sessionId);
    return atMs;
  });
  deps.changed();
  return ok({ declaredAtMs });
}
