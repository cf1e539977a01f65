import { request } from 'node:http';
import { LEAD } from '../cast.ts';
import { type Day, deskOf } from '../day.ts';
import { expectSame, StationGone } from '../expectation.ts';
import type { Step } from '../step.ts';

interface Knock {
  what: { zh: string; en: string };
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
    en: 'Requests that come from no desk are refused',
  },
  async play(day) {
    const { cookie } = await deskOf(day, LEAD);
    const { origin } = day.station;
    const { host } = new URL(origin);
    const knocks: Knock[] = [
      {
        what: { zh: '没有 cookie', en: 'no cookie' },
        reason: 'COOKIE_MISSING',
        status: 401,
        headers: { host, origin },
      },
      {
        what: { zh: '伪造 cookie', en: 'forged cookie' },
        reason: 'COOKIE_UNKNOWN',
        status: 401,
        headers: { host, origin, cookie: `${cookie.split('=')[0]}=forged` },
      },
      {
        what: { zh: '外来网页', en: 'foreign origin' },
        reason: 'ORIGIN_FOREIGN',
        status: 403,
        headers: { host, origin: 'https://example.invalid', cookie },
      },
      { what: { zh: '不说来源', en: 'no origin' }, reason: 'ORIGIN_MISSING', status: 403, headers: { host, cookie } },
      {
        what: { zh: '外来主机名', en: 'foreign host' },
        reason: 'HOST_FOREIGN',
        status: 421,
        headers: { host: 'example.invalid', origin, cookie },
      },
      {
        what: { zh: '超大', en: 'oversized' },
        reason: 'BODY_TOO_LARGE',
        status: 413,
        headers: { host, origin, cookie, 'content-length': String(2 ** 30) },
      },
      {
        what: { zh: '残缺', en: 'malformed' },
        reason: 'MALFORMED',
        status: 400,
        headers: { host, origin, cookie },
        body: '{"json":[',
      },
    ];
    for (const k of knocks) expectSame(await knock(day, k), k.status, `${k.what.en}: status`);
    const rows = await day.ledger.compare((await deskOf(day, LEAD)).station);
    const refused = rows
      .filter((r) => r.event === 'site.call-refused')
      .map((r) => (r.data as { reason: string }).reason);
    const missing = knocks.filter((k) => !refused.includes(k.reason)).map((k) => k.reason);
    expectSame(missing, [], 'refusals that are not in the journal');
    const list = (tongue: 'zh' | 'en') => knocks.map((k) => `${k.what[tongue]} ${k.status}`);
    return { zh: list('zh').join('，'), en: list('en').join(', ') };
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
    sent.on('error', (cause) => reject(new StationGone('the station does not answer', { cause })));
    sent.end(headers['content-length'] === undefined ? body : undefined);
    if (headers['content-length'] !== undefined) sent.flushHeaders();
  });
