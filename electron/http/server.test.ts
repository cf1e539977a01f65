import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOM, S1 } from '../../test/harness/exam-day.ts';
import { openTestStation, PIN, type TestStation } from '../../test/harness/open-station.ts';
import { contract, type StationClient } from '../contract/index.ts';
import { writePlanPackage } from '../features/plan/package.ts';
import { CENTRE_KEY } from '../features/plan/plan-fixture.ts';
import { bodyRefusal } from './body-guard.ts';
import { fileCallRefusal } from './file-call-right.ts';
import { startServer } from './server.ts';

let st: TestStation;
let server: Awaited<ReturnType<typeof startServer>>;
let rendererDir: string;
beforeEach(async () => {
  rendererDir = join(mkdtempSync(join(tmpdir(), 'kaodian-desks-')), 'desks');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>desk</title>');
  writeFileSync(join(rendererDir, 'assets/index-abcdefgh.js'), 'export {};');
  writeFileSync(join(rendererDir, '../kaodian-outside.txt'), 'outside');
  st = await openTestStation();
  server = await startServer(st.station, { host: '127.0.0.1', port: 0, rendererDir });
});
afterEach(async () => {
  await server.close();
  rmSync(join(rendererDir, '..'), { recursive: true, force: true });
});

const cookieOf = (key = 'stranger') => `${server.cookieName}=${st.cookieFor(key)}`;
const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(server.origin + path, {
    method: 'POST',
    redirect: 'manual',
    body: init.method === 'GET' ? null : '{}',
    ...init,
    headers: { 'content-type': 'application/json', origin: server.origin, cookie: cookieOf(), ...init.headers },
  });
const get = (path: string, headers: Record<string, string> = {}) => call(path, { method: 'GET', body: null, headers });
/** A request as no client library would write it; the status line of the answer. */
async function raw(lines: string[], body = ''): Promise<string> {
  const { hostname, port, host } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(`${lines.map((l) => l.replace('HOST', host)).join('\r\n')}\r\n\r\n${body}`);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await Promise.race([once(socket, 'close'), once(socket, 'end')]);
  socket.destroy();
  return answer.split('\r\n')[0] ?? '';
}
const client = (key: string): StationClient =>
  createORPCClient(
    new RPCLink({
      url: `${server.origin}/rpc`,
      headers: { cookie: cookieOf(key), origin: server.origin },
    }),
  );
const refusals = () =>
  st
    .journal()
    .filter((e) => e.event === 'site.call-refused')
    .map((e) => e.data as { reason: string; path: string; times: number });
const stillAnswers = async () => {
  expect((await client('stranger').site.state()).kind).toBe('open');
};

describe('refused, on record, and the station goes on', () => {
  const refusedBy = async (reply: Promise<{ status: number }>, status: number, reason: string) => {
    expect((await reply).status).toBe(status);
    expect(refusals().at(-1)?.reason).toBe(reason);
    await stillAnswers();
  };

  test.each([
    ['no cookie', 401, 'COOKIE_MISSING', { cookie: '' }],
    ['a forged cookie', 401, 'COOKIE_UNKNOWN', { cookie: `NAME=${'A'.repeat(43)}` }],
    ['the cookie of a station at another port', 401, 'COOKIE_MISSING', { cookie: `kaodian-1=${'A'.repeat(43)}` }],
    ['a foreign origin', 403, 'ORIGIN_FOREIGN', { origin: 'http://evil.invalid' }],
    ['an opaque origin', 403, 'ORIGIN_OPAQUE', { origin: 'null' }],
    ['a page of another site', 403, 'FETCH_SITE_FOREIGN', { 'sec-fetch-site': 'cross-site' }],
    ['a body that is no JSON', 400, 'MALFORMED', { body: '{"json":' }],
    ['a body of another shape', 400, 'MALFORMED', { body: '{"json":{"staffId":7}}' }],
  ])('%s', async (_what, status, reason, { body = '{}', ...headers }: Record<string, string>) => {
    if (headers.cookie) headers.cookie = headers.cookie.replace('NAME', server.cookieName);
    await refusedBy(call('/rpc/staff/signIn', { headers, body }), status, reason);
  });

  test('a procedure there is not', () => refusedBy(call('/rpc/staff/nobody'), 404, 'NO_SUCH_CALL'));
  test('a procedure there is not, among the plain ones', () => refusedBy(call('/api/nothing'), 404, 'NO_SUCH_CALL'));
  test('a role that is not held', () => refusedBy(call('/rpc/session/list'), 401, 'UNAUTHORIZED'));
  test('a change by reading', () => refusedBy(get('/rpc/staff/signOut?data={}'), 405, 'MALFORMED'));
  test('a body larger than any desk sends', () =>
    refusedBy(call('/rpc/staff/signIn', { body: 'x'.repeat(1024 * 1024 + 1) }), 413, 'BODY_TOO_LARGE'));

  test.each([
    ['a foreign host', ['GET / HTTP/1.1', 'Host: evil.invalid'], 421, 'HOST_FOREIGN'],
    ['two hosts', ['GET / HTTP/1.1', 'Host: HOST', 'Host: evil.invalid'], 400, 'HOST_DOUBLED'],
    ['another port', ['GET / HTTP/1.1', 'Host: 127.0.0.1:1'], 421, 'PORT_WRONG'],
    ['TRACE', ['TRACE / HTTP/1.1', 'Host: HOST'], 405, 'METHOD_REFUSED'],
    ['OPTIONS', ['OPTIONS /rpc/site/state HTTP/1.1', 'Host: HOST'], 405, 'METHOD_REFUSED'],
    ['a target of two slashes', ['GET // HTTP/1.1', 'Host: HOST'], 400, 'TARGET_NOT_A_PATH'],
    ['a target with a scheme', ['GET http://evil.invalid/ HTTP/1.1', 'Host: HOST'], 400, 'TARGET_NOT_A_PATH'],
  ])('%s', async (_what, lines, status, reason) => {
    expect(await raw(lines)).toContain(`HTTP/1.1 ${status} `);
    expect(refusals().map((r) => r.reason)).toEqual([reason]);
    await stillAnswers();
  });

  test('a body that does not say how long it is, at the first byte of it', async () => {
    const head = ['POST /rpc/plan/check HTTP/1.1', 'Host: HOST', `Origin: ${server.origin}`, `Cookie: ${cookieOf()}`];
    expect(await raw([...head, 'Transfer-Encoding: chunked'], '5\r\nhello\r\n')).toContain(' 411 ');
    expect(refusals().map((r) => r.reason)).toEqual(['LENGTH_MISSING']);
    await stillAnswers();
  });

  test.each([
    ['a window nobody has signed in at', 'stranger', '/rpc/plan/check', '401', 'UNAUTHORIZED', { kind: 'stranger' }],
    ['a role without the right', 'door', '/rpc/plan/checkPackage', '403', 'FORBIDDEN', { staffId: 'S-door' }],
    [
      'an integrator without the right',
      'door',
      '/api/recording/putFragment',
      '403',
      'FORBIDDEN',
      { staffId: 'S-door' },
    ],
  ])('a file from %s, before a byte of it is there', async (_who, key, path, status, reason, actor) => {
    if (key !== 'stranger') st.signedIn('door', key);
    const head = [`POST ${path} HTTP/1.1`, 'Host: HOST', `Origin: ${server.origin}`, `Cookie: ${cookieOf(key)}`];
    const bytes = 20 * 1024 * 1024;
    // Nothing follows: a server that waited for the body would never answer.
    expect(await raw([...head, `Content-Length: ${bytes}`])).toContain(` ${status} `);
    expect(refusals()).toEqual([{ reason, path: path.split('/').slice(2).join('.'), times: 1 }]);
    expect(st.journal().at(-1)!.actor).toMatchObject(actor);
    await stillAnswers();
  });

  test('a desk learns from such a refusal what every other tells it', async () => {
    st.signedIn('door', 'door');
    const file = new File(['x'], 'plan.zip');
    await expect(client('door').plan.checkPackage({ package: file })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client('stranger').plan.checkPackage({ package: file })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  });

  test('a target with a backslash', async () => {
    const head = ['Host: HOST', `Cookie: ${cookieOf()}`];
    expect(await raw(['GET /\\ HTTP/1.1', ...head])).toContain(' 400 ');
    expect(await raw(['GET /\\evil.invalid/rpc/site/state HTTP/1.1', ...head])).toContain(' 400 ');
    await stillAnswers();
  });
});

test('a flood of refusals is counted, not written one by one; the query, which may hold a token, is left out', async () => {
  for (let i = 0; i < 30; i += 1) await get('/rpc/none?token=secret', { cookie: '' });
  expect(refusals()).toEqual([{ reason: 'COOKIE_MISSING', path: '/rpc/none', times: 1 }]);
  st.clock.advance(10_000);
  await get('/rpc/none', { cookie: '' });
  expect(refusals().at(-1)).toEqual({ reason: 'COOKIE_MISSING', path: '/rpc/none', times: 30 });
  for (let i = 0; i < 560; i += 1) await get(`/rpc/none-${i}`, { cookie: '' });
  expect(refusals().length).toBeLessThan(510);
});

describe('the entry', () => {
  test('a token opens once; the cookie is for this station alone and not for scripts', async () => {
    const url = server.entryUrl('/door/201');
    const first = await fetch(url, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/door/201']);
    expect(first.headers.get('set-cookie')).toMatch(/^kaodian-\d+=[\w-]+; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(403);
    expect(refusals()).toMatchObject([{ reason: 'TOKEN_UNKNOWN', path: '/enter' }]);
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    expect((await call('/rpc/site/state', { headers: { cookie } })).status).toBe(200);
  });

  test('at a port of its own the cookie outlives the browser, and a restart of the station', async () => {
    await server.close();
    const port = Number(new URL(server.origin).port);
    server = await startServer(st.station, { host: '127.0.0.1', port, rendererDir });
    const issued = (await fetch(server.entryUrl(), { redirect: 'manual' })).headers.get('set-cookie')!;
    expect(issued).toMatch(/^kaodian-\d+=.*; Max-Age=31536000$/);
    await server.close();
    server = await startServer(st.station, { host: '127.0.0.1', port, rendererDir });
    expect((await call('/rpc/site/state', { headers: { cookie: issued.split(';')[0]! } })).status).toBe(200);
  });

  test.each(['//evil.invalid', 'https://evil.invalid', '/\\evil.invalid', '/a?next=//evil', '/%2f/evil.invalid'])(
    'the path %s leads nowhere but home',
    async (path) => {
      const reply = await fetch(server.entryUrl(path), { redirect: 'manual' });
      expect([reply.status, reply.headers.get('location')]).toEqual([303, '/']);
    },
  );
});

describe('the desks', () => {
  test('are served to a browser without a cookie, with a policy of their own', async () => {
    const page = await get('/door/201', { cookie: '' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await get('/assets/index-abcdefgh.js', { cookie: '' })).status).toBe(200);
  });

  test.each([
    '/../kaodian-outside.txt',
    '/assets/../../kaodian-outside.txt',
    '/%2e%2e/kaodian-outside.txt',
    '/assets/..%2f..%2fkaodian-outside.txt',
    '/..%5ckaodian-outside.txt',
    '/%00',
    '//etc/passwd',
  ])('no spelling of a path leads out of their folder: %s', async (path) => {
    const head = [`GET ${path} HTTP/1.1`, 'Host: HOST', 'Connection: close'];
    const { hostname, port, host } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    socket.write(`${head.join('\r\n').replace('HOST', host)}\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).not.toContain('outside');
    expect(answer).not.toContain('root:');
    await stillAnswers();
  });
});

describe('the calls', () => {
  test('a desk signs in, and its role is known at the next call', async () => {
    const desk = client('stranger');
    const { staffId } = st.member('door');
    await desk.staff.signIn({ staffId, pin: PIN, desk: '201' });
    expect((await desk.checkin.lane({ roomId: ROOM })).counts.expected).toBe(6);
  });

  test('files go up with their length, and come down', async () => {
    const bytes = writePlanPackage({ ...st.plan, batch: '样本批次二' }, st.photos, CENTRE_KEY);
    const check = await client('site-lead').plan.checkPackage({
      package: new File([new Uint8Array(bytes)], 'plan.zip'),
    });
    expect(check.kind).toBe('ready');
    const photo = await client('site-lead').plan.photo({ candidateId: 'C01' as never });
    expect([photo.type, photo.size]).toEqual(['image/png', 40]);
  });

  test('one stream tells every window what changed, whoever changed it', async () => {
    const abort = new AbortController();
    const stream = await client('stranger').events(undefined, { signal: abort.signal });
    expect((await stream.next()).value).toMatchObject({ kind: 'hello' });
    await client('site-lead').session.open({ sessionId: S1 });
    expect((await stream.next()).value).toEqual({ kind: 'changed', topic: 'session' });
    st.tick();
    expect((await stream.next()).value).toEqual({
      kind: 'tick',
      wallMs: st.clock.wallMs(),
      monoMs: st.clock.monotonicMs(),
    });
    abort.abort();
    await stillAnswers();
  });

  test('the OpenAPI document describes every procedure, for whoever has a cookie', async () => {
    expect((await get('/api/openapi.json', { cookie: '' })).status).toBe(401);
    const document = (await (await get('/api/openapi.json')).json()) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, Record<string, { operationId: string; responses: object }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.servers).toEqual([{ url: `${server.origin}/api` }]);
    const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const names = (branch: object, path: string[] = []): string[] =>
      '~orpc' in branch ? [path.join('.')] : Object.entries(branch).flatMap(([n, b]) => names(b, [...path, n]));
    expect(described.map((d) => d.operationId).sort()).toEqual(names(contract).sort());
    for (const d of described) expect(Object.keys(d.responses)).toContain('200');
  });

  test('an integrator’s plain call is answered like a desk’s', async () => {
    const state = await call('/api/site/state');
    expect([state.status, ((await state.json()) as { kind: string }).kind]).toEqual([200, 'open']);
    expect((await call('/api/session/list')).status).toBe(401);
  });
});

test.each([
  ['/rpc/plan/check', 600, null],
  ['/rpc/plan/check', 601, 413],
  ['/rpc/checkin/presentFace', 8, null],
  ['/rpc/checkin/presentFace', 9, 413],
  ['/api/recording/putFragment', 24, null],
  ['/rpc/staff/signIn', 1, null],
  ['/rpc/staff/signIn', 2, 413],
  ['/rpc/__proto__', 2, 413],
])('%s may bring %i MiB: %s', (path, mib, status) => {
  expect(bodyRefusal(path, { 'content-length': String(mib * 1024 * 1024) })?.status ?? null).toBe(status);
});
test.each(['plan/check', 'plan/checkPackage', 'recording/putFragment', 'checkin/presentFace'])(
  '%s carries a file, and is nobody’s who is not signed in',
  (call) => {
    const caller = { connectionId: 'C', member: null, desk: '', from: '127.0.0.1' };
    expect(fileCallRefusal(`/rpc/${call}`, caller)).toMatchObject({ status: 401, path: call.replace('/', '.') });
    expect(fileCallRefusal('/rpc/staff/signIn', caller)).toBeNull();
  },
);
test('a length that is no number, or none at all with a body, is refused', () => {
  expect(bodyRefusal('/rpc/staff/signIn', { 'content-length': 'many' })?.status).toBe(413);
  expect(bodyRefusal('/rpc/staff/signIn', { 'transfer-encoding': 'chunked' })?.status).toBe(411);
  expect(bodyRefusal('/rpc/staff/signIn', {})).toBeNull();
});
