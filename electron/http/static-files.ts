import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { err, ok, type Result } from '../lib/result.ts';

export interface StaticFile {
  /** Absolute, on disk. */
  path: string;
  sizeBytes: number;
  contentType: string;
  cacheControl: string;
  etag: string;
}

/** All files of the built desks, by the path under which they are asked for. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.opus': 'audio/ogg',
};

/** Vite writes eight characters of the content's hash before the ending of everything in /assets/. */
const HASHED = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/**
 * Lists the built desks once. Only what is listed is ever served, so no spelling of a path leads out of the folder;
 * symbolic links are left out. Files that change under a running station are not noticed: it starts again after a build.
 *
 * @throws Error when the folder is missing: the desks have not been built
 */
export function listStaticFiles(rendererDir: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  const walk = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const asked = `${prefix}/${entry.name}`;
      if (entry.isDirectory()) walk(path, asked);
      else if (entry.isFile()) files.set(asked, describe(path, asked));
    }
  };
  walk(rendererDir, '');
  return files;
}

function describe(path: string, asked: string): StaticFile {
  const { size, mtimeMs } = statSync(path);
  return {
    path,
    sizeBytes: size,
    contentType: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    cacheControl: HASHED.test(asked) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
  };
}

export type StaticAnswer = { kind: 'page' } | { kind: 'file'; file: StaticFile };
export type NoFile = { code: 'NOT_FOUND' | 'BAD_PATH' };

/**
 * What a path names: one file, or a desk's page (index.html with its nonce, for paths that do not look like a file).
 * A missing file is a 404 and never the page, so that a broken build shows itself.
 *
 * @param pathname  as in the request, percent-encoded, without query
 */
export function findStatic(files: StaticFiles, pathname: string): Result<StaticAnswer, NoFile> {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return err({ code: 'BAD_PATH' });
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path) || path.split('/').some((part) => part === '..' || part === '.')) {
    return err({ code: 'BAD_PATH' });
  }
  if (path === '/index.html') return ok({ kind: 'page' });
  const file = files.get(path);
  if (file !== undefined) return ok({ kind: 'file', file });
  const looksLikeFile = path.startsWith('/assets/') || path.slice(path.lastIndexOf('/')).includes('.');
  return looksLikeFile ? err({ code: 'NOT_FOUND' }) : ok({ kind: 'page' });
}

/** Sends a file, or 304 when the browser has it already. A file that vanished under the station ends the reply broken. */
export function sendStatic(
  response: ServerResponse,
  request: { method: string; ifNoneMatch: string | undefined },
  file: StaticFile,
): void {
  response.setHeader('etag', file.etag);
  response.setHeader('cache-control', file.cacheControl);
  if (request.ifNoneMatch === file.etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.sizeBytes });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', (error) => response.destroy(error))
    .pipe(response);
}
