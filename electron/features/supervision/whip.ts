import { err, ok, type Result } from '../../lib/result.ts';
import { checkedUrl } from './rules.ts';
import { maxDescriptionChars, type SignalFailure } from './signal.ts';

const answerWithinMs = 10_000;
/** A station that is being closed does not wait longer for a server that is away. */
const endWithinMs = 2_000;
const mostRedirects = 3;

/** A stream that a WHIP server has taken (RFC 9725): its own address, where it is restarted and ended. */
export interface WhipSession {
  readonly resource: string;
  readonly token: string | null;
}

/**
 * Offers one camera to a WHIP server.
 *
 * @param address  the endpoint; a redirect is followed only to an address that would be allowed itself
 * @returns the session and the server's answer (SDP)
 */
export async function whipOffer(
  address: string,
  token: string | null,
  sdp: string,
): Promise<Result<{ session: WhipSession; sdp: string }, SignalFailure>> {
  let at = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const reply = await ask(at, 'POST', token, { 'content-type': 'application/sdp', accept: 'application/sdp' }, sdp);
    if (!reply.ok) return reply;
    const { status, headers, body } = reply.value;
    const location = headers.get('location');
    if (status === 307 || status === 308) {
      const next = location === null ? null : URL.parse(location, at);
      if (next === null || !mayFollow(at, next)) return err('refused');
      at = next.href;
      continue;
    }
    const type = headers.get('content-type') ?? '';
    if (status !== 201 || location === null || !/^application\/sdp\b/i.test(type)) return err('refused');
    const resource = URL.parse(location, at);
    if (resource === null || !mayFollow(at, resource)) return err('refused');
    return ok({ session: { resource: resource.href, token }, sdp: body });
  }
  return err('refused');
}

/** The token must not follow to another host, nor anything into the clear. */
const mayFollow = (from: string, to: URL): boolean => to.host === new URL(from).host && checkedUrl('whip', to.href).ok;

/** An ICE restart: new credentials go over as a fragment (RFC 8840), those of the server come back. */
export async function whipRestart(session: WhipSession, fragment: string): Promise<Result<string, SignalFailure>> {
  const type = 'application/trickle-ice-sdpfrag';
  const { resource, token } = session;
  const reply = await ask(resource, 'PATCH', token, { 'content-type': type, 'if-match': '*' }, fragment);
  if (!reply.ok) return reply;
  const { status, body } = reply.value;
  if (status === 404 || status === 410) return err('gone');
  return status === 200 && body !== '' ? ok(body) : err('refused');
}

/** Ends the stream. Whether the server heard it is of no matter: without media it ends it by itself. */
export async function whipEnd({ resource, token }: WhipSession): Promise<void> {
  await ask(resource, 'DELETE', token, {}, null, endWithinMs);
}

interface Reply {
  status: number;
  headers: Headers;
  body: string;
}

async function ask(
  address: string,
  method: string,
  token: string | null,
  headers: Record<string, string>,
  body: string | null,
  withinMs = answerWithinMs,
): Promise<Result<Reply, SignalFailure>> {
  try {
    const response = await fetch(address, {
      method,
      body,
      redirect: 'manual',
      headers: { ...headers, ...(token !== null && { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await boundedText(response);
    return text === null ? err('misspoke') : ok({ status: response.status, headers: response.headers, body: text });
  } catch (cause) {
    return err(cause instanceof Error && cause.name === 'TimeoutError' ? 'timeout' : 'no-line');
  }
}

/** The body, or null when it is longer than any description of one camera. */
async function boundedText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxDescriptionChars) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
