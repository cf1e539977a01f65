import { ORPCError } from '@orpc/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTestStation } from '../../test/harness/open-station.ts';
import { Role } from '../features/staff/roles.ts';
import { contract } from './index.ts';
import { type ProcedureMeta, procedure } from './procedure.ts';

/** Every procedure of the contract with who may call it. */
function procedures(branch: object, path: string[] = []): { path: string[]; callers: ProcedureMeta['callers'] }[] {
  const own = '~orpc' in branch ? (branch['~orpc'] as { meta: ProcedureMeta }) : null;
  if (own) return [{ path, callers: own.meta.callers }];
  return Object.entries(branch).flatMap(([name, below]) => procedures(below as object, [...path, name]));
}
const all = procedures(contract);
type Call = (input?: unknown) => Promise<unknown>;
const at = (client: unknown, path: string[]): Call =>
  path.reduce((o, name) => (o as Record<string, unknown>)[name], client) as Call;

/** 'let in' is anything but the guard's refusal: without an input most calls end at the schema. */
async function knock(call: Call): Promise<string> {
  try {
    await call();
    return 'let in';
  } catch (error) {
    if (error instanceof ORPCError && (error.code === 'FORBIDDEN' || error.code === 'UNAUTHORIZED')) return error.code;
    return 'let in';
  }
}

test('every procedure says who may call it', () => {
  expect(all.length).toBeGreaterThan(45);
  for (const { path, callers } of all) expect([path.join('.'), callers.length > 0]).toEqual([path.join('.'), true]);
});

test('what anyone may call before signing in is this and no more', () => {
  expect(all.filter((p) => p.callers === 'anyone').map((p) => p.path.join('.'))).toEqual([
    'site.state',
    'site.create',
    'staff.names',
    'staff.me',
    'staff.signIn',
    'staff.signOut',
    'events',
  ]);
});

describe('whoever lacks the role is refused at every procedure, and it is on record', () => {
  // Calls that are let in and would change what the others see are left out of the knocking, not out of the refusing.
  const effects = new Set(['staff.signOut', 'rehearsal.start']);

  test.each([null, ...Role.options])('%s', async (role) => {
    const st = await openTestStation({ plan: null, withoutFaces: true });
    const client = role === null ? st.stranger() : st.as(role);
    const refused: string[] = [];
    for (const { path, callers } of all) {
      const name = path.join('.');
      const mayCall =
        callers === 'anyone' || (role !== null && (callers === 'signed-in' || callers.includes(role as Role)));
      if (mayCall && effects.has(name)) continue;
      const expected = mayCall ? 'let in' : role === null ? 'UNAUTHORIZED' : 'FORBIDDEN';
      expect([name, await knock(at(client, path))]).toEqual([name, expected]);
      if (!mayCall) refused.push(name);
    }
    const journaled = st
      .journal()
      .filter((e) => e.event === 'site.call-refused')
      .map((e) => (e.data as { path: string }).path);
    expect(journaled).toEqual(refused);
  });
});

test('a procedure that does not say who may call it can be called by nobody', async () => {
  expect(procedure['~orpc'].meta).toEqual({ callers: [] });
  const st = await openTestStation({ plan: null, withoutFaces: true });
  const { meta } = contract.session.list['~orpc'];
  const said = meta.callers;
  onTestFinished(() => {
    Object.assign(meta, { callers: said });
  });
  expect(await knock(() => st.as('site-lead').session.list())).toBe('let in');
  Object.assign(meta, { callers: procedure['~orpc'].meta.callers });
  for (const role of Role.options) expect(await knock(() => st.as(role).session.list())).toBe('FORBIDDEN');
  expect(await knock(() => st.stranger().session.list())).toBe('UNAUTHORIZED');
});

test('the roles are asked of the record at each call: a sign-out ends them at once', async () => {
  const st = await openTestStation({ plan: null, withoutFaces: true });
  const door = st.as('door');
  expect(await door.session.list()).toEqual([]);
  await door.staff.signOut();
  await expect(door.session.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
