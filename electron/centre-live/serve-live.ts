import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentSecurityPolicy, newNonce, REPLY_HEADERS, withNonce } from '../http/csp.ts';
import { findStatic, listStaticFiles, type StaticFiles, sendStatic } from '../http/static-files.ts';
import { type LiveCentreOptions, openLiveCentre } from './live-centre.ts';

/** The page of the wall among the built desks. */
export const WALL_PAGE = '/live-wall.html';

/**
 * The live part of the reference centre as a server of its own, for this machine or behind a gateway that brings TLS.
 *
 * @param rendererDir  the built desks, with the wall's page
 * @throws Error when they have not been built, or the port is taken
 */
export async function serveLiveCentre(
  options: LiveCentreOptions & { host: string; port: number; rendererDir: string },
) {
  const files = listStaticFiles(options.rendererDir);
  const live = openLiveCentre(options);
  const server = createServer((request, response) => {
    servePage(files, request, response).catch(() => response.destroy());
  });
  server.headersTimeout = 15_000;
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    if (!live.upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    live,
    /** The wall's address with its key; the key stands behind `#`, which no browser sends anywhere. */
    wallAddress: `http://${options.host}:${port}/#${options.wallKey}`,
    stationAddress: `ws://${options.host}:${port}/live/station`,
    async close(): Promise<void> {
      await live.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type ServedLiveCentre = Awaited<ReturnType<typeof serveLiveCentre>>;

/** The wall's page at `/`, and what it loads. Everything else of the desks is files too, and holds no secret. */
async function servePage(files: StaticFiles, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(REPLY_HEADERS)) response.setHeader(name, value);
  const { pathname } = new URL(request.url ?? '/', 'http://centre');
  const found = pathname === '/' ? null : findStatic(files, pathname);
  const nonce = newNonce();
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  if (found?.ok && found.value.kind === 'file') {
    const ifNoneMatch = request.headers['if-none-match'];
    sendStatic(response, { method: request.method ?? 'GET', ifNoneMatch }, found.value.file);
    return;
  }
  const page = found === null ? files.get(WALL_PAGE) : undefined;
  response.setHeader('cache-control', 'no-store');
  if (page === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('Not found. 没有这个页面。\n');
    return;
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(withNonce(await readFile(page.path, 'utf8'), nonce));
}
