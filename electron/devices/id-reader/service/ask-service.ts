import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { err, ok, type Result } from '../../../lib/result.ts';
import { isLoopback } from './service-address.ts';

/** `refused`: nobody listens. `silent`: no whole answer in time. `foreign`: an answer, but none of such a service. */
export type AskFault = 'refused' | 'silent' | 'foreign';

export interface ServiceQuestion {
  readonly origin: URL;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Text, two pictures of the card's sides and a photograph in base64 stay far below. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** One request and its whole answer, bounded in time and size. Redirects are not followed. Never rejects. */
export function askService(question: ServiceQuestion): Promise<Result<Uint8Array, AskFault>> {
  const { origin, method, path, timeoutMs, signal } = question;
  const secure = origin.protocol === 'https:';
  return new Promise((settle) => {
    // One question comes after another all day long: nothing of it may stay behind on the signal that outlives it.
    const own = new AbortController();
    const abort = () => own.abort();
    const limit = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort);
    const resolve = (outcome: Result<Uint8Array, AskFault>) => {
      clearTimeout(limit);
      signal.removeEventListener('abort', abort);
      settle(outcome);
    };
    if (signal.aborted) abort();
    const options = {
      method,
      agent: false as const,
      signal: own.signal,
      headers: { accept: 'application/json', ...(method === 'POST' ? { 'content-length': '0' } : {}) },
    };
    const answered = (answer: IncomingMessage) => {
      if (answer.statusCode !== 200) {
        answer.destroy();
        resolve(err('foreign'));
        return;
      }
      const chunks: Uint8Array[] = [];
      let size = 0;
      answer.on('data', (chunk: Uint8Array) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MAX_BODY_BYTES) {
          answer.destroy();
          resolve(err('foreign'));
        }
      });
      answer.on('end', () => resolve(answer.complete ? ok(Buffer.concat(chunks)) : err('silent')));
      answer.on('error', () => resolve(err('silent')));
    };
    const url = new URL(path, origin);
    const sent = secure
      ? // A service on this machine signs its own certificate; nobody else stands between.
        httpsRequest(url, { ...options, rejectUnauthorized: !isLoopback(origin.hostname) }, answered)
      : httpRequest(url, options, answered);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (own.signal.aborted) resolve(err('silent'));
      else if (error.code?.startsWith('HPE_')) resolve(err('foreign'));
      else resolve(err('refused'));
    });
    sent.end();
  });
}
