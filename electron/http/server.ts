import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import packageJson from '../../package.json' with { type: 'json' };
import { actorOf } from '../contract/caller.ts';
import type { CallContext } from '../contract/implementer.ts';
import { contract } from '../contract/index.ts';
import type { Station } from '../station.ts';
import { bodyRefusal } from './body-guard.ts';
import { contentSecurityPolicy, newNonce, REPLY_HEADERS, withNonce } from './csp.ts';
import { fileCallRefusal } from './file-call-right.ts';
import { guardRequest, REFUSALS, requestFacts } from './host-guard.ts';
import { findStatic, listStaticFiles, type StaticFiles, sendStatic } from './static-files.ts';

/** Browsers keep one jar for all ports of 127.0.0.1: a rehearsal beside the station must not sign anyone out of it. */
const cookieNameAt = (port: number): string => `kaodian-${port}`;

export interface ServerOptions {
  host: '127.0.0.1';
  port: number;
  rendererDir: string;
}

/**
 * Serves the desks and the contract on this machine alone. Every request passes the guard (Host, Origin, cookie) before
 * anything of it is acted on; refusals are put on record.
 *
 * @throws Error when the desks have not been built, or the port is taken
 */
export async function startServer(station: Station, options: ServerOptions) {
  const files = listStaticFiles(options.rendererDir);
  const rpc = new RPCHandler(station.router, { clientInterceptors: [onError(logFailure)] });
  let rest: Promise<RestSide> | null = null;
  let origin = '';
  let cookieName = '';

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error('a request failed:', error instanceof Error ? error.message : error);
      if (!response.headersSent) reply(response, 500, 'The station could not answer. 工作站出错了。');
      else response.destroy();
    });
  });
  // Uploads of a whole plan over a slow disk take their time; idle headers do not.
  server.requestTimeout = 10 * 60_000;
  server.headersTimeout = 15_000;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(REPLY_HEADERS)) response.setHeader(name, value);
    const pathname = pathOf(request.url ?? '/');
    const isCall = pathname === null || /^\/(rpc|api)\//.test(pathname);
    const allowed = guardRequest(requestFacts(request, cookieName), { origins: [origin], needsCookie: isCall });
    if (!allowed.ok) return refuse(request, response, REFUSALS[allowed.error], allowed.error);
    if (pathname === null) return refuse(request, response, 400, 'TARGET_NOT_A_PATH');
    if (pathname === '/enter') return enter(request, response);
    if (!isCall) return serveDesk(files, request, response, pathname);

    const body = bodyRefusal(pathname, request.headers);
    if (body) return refuse(request, response, body.status, body.reason);
    const context = station.contextOf(cookieOf(request, cookieName), request.socket.remoteAddress ?? '');
    if (!context) return refuse(request, response, 401, 'COOKIE_UNKNOWN');
    const right = fileCallRefusal(pathname, context.caller);
    if (right) {
      station.refusals.record(actorOf(context.caller), right.reason, right.path);
      return turnAway(request, response, right.status, right.body, 'application/json; charset=utf-8');
    }
    if (pathname.startsWith('/rpc/')) {
      const { matched } = await rpc.handle(request, response, { prefix: '/rpc', context });
      if (!matched) refuse(request, response, 404, 'NO_SUCH_CALL');
      noteMalformed(context, response, pathname);
      return;
    }
    rest ??= restSide(station, origin);
    const { handler, document } = await rest;
    if (pathname === '/api/openapi.json') {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(document);
      return;
    }
    const { matched } = await handler.handle(request, response, { prefix: '/api', context });
    if (!matched) refuse(request, response, 404, 'NO_SUCH_CALL');
    noteMalformed(context, response, pathname);
  }

  /** Takes the one-time token for a cookie and sends the window to its desk. */
  function enter(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', origin);
    const cookie = station.connections.redeem(url.searchParams.get('token') ?? '');
    if (cookie === null) {
      refuse(request, response, 403, 'TOKEN_UNKNOWN');
      return;
    }
    const path = url.searchParams.get('path') ?? '/';
    // Only a path of our own: `//host` and a scheme would leave the station.
    const target = /^\/(?!\/)[\w/-]*$/.test(path) ? path : '/';
    // At a port that changes with every start a cookie that stays would only be one more in the jar.
    const stays = options.port === 0 ? '' : '; Max-Age=31536000';
    response.setHeader('set-cookie', `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/${stays}`);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('location', target);
    response.statusCode = 303;
    response.end();
  }

  /** A body that is no JSON, or not of the contract's shape, or a change asked for by GET: no desk sends one. */
  function noteMalformed({ caller }: CallContext, response: ServerResponse, pathname: string): void {
    if (response.statusCode === 400 || response.statusCode === 405)
      station.refusals.record(actorOf(caller), 'MALFORMED', pathname);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, status: number, reason: string): void {
    const from = request.socket.remoteAddress ?? '';
    station.refusals.record({ kind: 'stranger', from }, reason, request.url ?? '/');
    turnAway(request, response, status, `${reason}\n`, 'text/plain; charset=utf-8');
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://${options.host}:${port}`;
  cookieName = cookieNameAt(port);

  return {
    origin,
    cookieName,
    entryUrl(path = '/'): string {
      return origin + station.connections.entryPath(path);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The path of a request target; null for what no browser sends and URL parsers read in different ways. */
function pathOf(target: string): string | null {
  if (target.includes('\\') || !URL.canParse(target, 'http://station')) return null;
  return new URL(target, 'http://station').pathname;
}

async function serveDesk(
  files: StaticFiles,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const found = findStatic(files, pathname);
  if (!found.ok) return reply(response, 404, 'Not found. 没有这个页面。');
  const nonce = newNonce();
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  if (found.value.kind === 'file') {
    const ifNoneMatch = request.headers['if-none-match'];
    sendStatic(response, { method: request.method ?? 'GET', ifNoneMatch }, found.value.file);
    return;
  }
  const page = files.get('/index.html');
  if (!page) return reply(response, 404, 'The desks have not been built. 界面还没有构建。');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(withNonce(await readFile(page.path, 'utf8'), nonce));
}

/** Answers a request that is not acted on. What is still to come of its body is nobody's; the line is not kept for it. */
function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string,
  mediaType: string,
): void {
  request.resume();
  response.setHeader('connection', 'close');
  response.statusCode = status;
  response.setHeader('content-type', mediaType);
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}

function reply(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(`${text}\n`);
}

function cookieOf(request: IncomingMessage, name: string): string {
  for (const pair of (request.headers.cookie ?? '').split(/; */)) {
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return '';
}

function logFailure(error: unknown): void {
  if (!isExpected(error)) console.error('a procedure failed:', error instanceof Error ? error.stack : error);
}

/** Typed errors of the contract and a desk that went away are no failures of the station. */
const isExpected = (error: unknown): boolean =>
  (error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code !== 'INTERNAL_SERVER_ERROR') ||
  (error instanceof Error && error.name === 'AbortError');

type RestSide = Awaited<ReturnType<typeof restSide>>;

/** The same procedures as plain HTTP for integrators, with their document. Loaded at the first call: no desk needs it. */
async function restSide(station: Station, origin: string) {
  const [{ OpenAPIGenerator }, { OpenAPIHandler }, { ZodToJsonSchemaConverter }] = await Promise.all([
    import('@orpc/openapi'),
    import('@orpc/openapi/node'),
    import('@orpc/zod/zod4'),
  ]);
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const described = await generator.generate(contract, {
    info: { title: '考点站 Kaodian Station', version: packageJson.version },
    servers: [{ url: `${origin}/api` }],
  });
  return {
    handler: new OpenAPIHandler(station.router, { clientInterceptors: [onError(logFailure)] }),
    document: JSON.stringify(described),
  };
}
