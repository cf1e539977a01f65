import { request } from 'node:http';
import { LEAD } from '../cast.ts';
import { type Day, deskOf } from '../day.ts';
import { expectSame } from '../expectation.ts';
import type { Step } from '../step.ts';

interface Knock {
  what: string;
  reason: string;
  status: number;
  headers: Record<string, string>;
  body?: string;
}

/** What a program that is no desk might try. Each is refused, and the refusal stands in the journal. */
export const strangers: Step = {
  id: 'strangers',
  title: {
    zh: '冒充的请求：无 cookie、假 cookie、外来来源和主机、超大请求',
    en: 'Requests that are no desk’s are refused',
  },
  async play(day) {
    const { cookie } = await deskOf(day, LEAD);
    const { origin } = day.station;
    const { host } = new URL(origin);
    const knocks: Knock[] = [
      { what: 'no cookie', reason: 'COOKIE_MISSING', status: 401, headers: { host, origin } },
      {
        what: 'forged cookie',
        reason: 'COOKIE_UNKNOWN',
        status: 401,
        headers: { host, origin, cookie: `${cookie.split('=')[0]}=forged` },
      },
      {
        what: 'foreign origin',
        reason: 'ORIGIN_FOREIGN',
        status: 403,
        headers: { host, origin: 'https://example.invalid', cookie },
      },
      { what: 'no origin', reason: 'ORIGIN_MISSING', status: 403, headers: { host, cookie } },
      {
        what: 'foreign host',
        reason: 'HOST_FOREIGN',
        status: 421,
        headers: { host: 'example.invalid', origin, cookie },
      },
      {
        what: 'oversized',
        reason: 'BODY_TOO_LARGE',
        status: 413,
        headers: { host, origin, cookie, 'content-length': String(2 ** 30) },
      },
      { what: 'malformed', reason: 'MALFORMED', status: 400, headers: { host, origin, cookie }, body: '{"json":[' },
    ];
    for (const k of knocks) expectSame(await knock(day, k), k.status, `${k.what}: status`);
    const rows = await day.ledger.compare((await deskOf(day, LEAD)).station);
    const refused = rows
      .filter((r) => r.event === 'site.call-refused')
      .map((r) => (r.data as { reason: string }).reason);
    const missing = knocks.filter((k) => !refused.includes(k.reason)).map((k) => k.reason);
    expectSame(missing, [], 'refusals that are not in the journal');
    const list = knocks.map((k) => `${k.what} ${k.status}`).join(', ');
    return { zh: list, en: list };
  },
};

const knock = (day: Day, { headers, body = '{}' }: Knock): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(day.station.origin);
    const path = '/rpc/staff/signOut';
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.end(headers['content-length'] === undefined ? body : undefined);
    if (headers['content-length'] !== undefined) sent.flushHeaders();
  });
