import { err, ok, type Result } from '../lib/result.ts';
import { type KeyDeps, keep, type TwoPersons } from './station-keys.ts';

export type CentreRecipients = { current: string | null; next: string | null; sinceMs: number | null };

/** To whom stations seal: the key in use, and the one that will follow, which plans announce beforehand. */
export async function centreRecipients({ db }: Pick<KeyDeps, 'db'>): Promise<CentreRecipients> {
  const rows = await db.selectFrom('centre_recipients').selectAll().where('state', '!=', 'former').execute();
  const current = rows.find((row) => row.state === 'current');
  return {
    current: current?.recipient ?? null,
    next: rows.find((row) => row.state === 'next')?.recipient ?? null,
    sinceMs: current?.since_ms ?? null,
  };
}

/** Sets the recipient that will follow; the very first is in use at once. One that was in use never comes back. */
export async function setNextRecipient(
  deps: KeyDeps,
  recipient: string,
  who: TwoPersons,
): Promise<Result<CentreRecipients, { code: 'RECIPIENT_KNOWN' }>> {
  const { current } = await centreRecipients(deps);
  const known = await deps.db
    .selectFrom('centre_recipients')
    .select('state')
    .where('recipient', '=', recipient)
    .executeTakeFirst();
  if (known) return err({ code: 'RECIPIENT_KNOWN' });
  const state = current === null ? 'current' : 'next';
  await deps.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('centre_recipients').where('state', '=', 'next').execute();
    await tx.insertInto('centre_recipients').values({ recipient, state, since_ms: deps.clock.wallMs() }).execute();
    await keep(tx, deps.clock, '', 'recipient', who, { recipient, state });
  });
  return ok(await centreRecipients(deps));
}

/** The next recipient comes into use. The former one's private half is kept: it alone opens what was sealed to it. */
export async function rotateRecipient(
  deps: KeyDeps,
  who: TwoPersons,
): Promise<Result<CentreRecipients, { code: 'NO_NEXT_RECIPIENT' }>> {
  const { current, next } = await centreRecipients(deps);
  if (next === null) return err({ code: 'NO_NEXT_RECIPIENT' });
  const since_ms = deps.clock.wallMs();
  await deps.db.transaction().execute(async (tx) => {
    const turn = (from: string, state: string) =>
      tx.updateTable('centre_recipients').set({ state, since_ms }).where('state', '=', from).execute();
    await turn('current', 'former');
    await turn('next', 'current');
    await keep(tx, deps.clock, '', 'recipient', who, { current: next, former: current });
  });
  return ok(await centreRecipients(deps));
}
