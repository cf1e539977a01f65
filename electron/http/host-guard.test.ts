import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guardRequest, REFUSALS, type RefusalCode, type RequestFacts, requestFacts } from './host-guard.ts';

const OWN = 'http://127.0.0.1:17480';
const doors = { origins: [OWN], needsCookie: true };
/** What Chromium sends when a desk calls a procedure. */
const call: RequestFacts = {
  method: 'POST',
  target: '/rpc/session/open',
  hosts: ['127.0.0.1:17480'],
  origin: OWN,
  secFetchSite: 'same-origin',
  hasCookie: true,
};

describe('the guard at the door of the server', () => {
  test.each<[string, Partial<RequestFacts>, RefusalCode | 'allowed']>([
    ['a call of a desk', {}, 'allowed'],
    ['a page load', { method: 'GET', origin: undefined, secFetchSite: 'none' }, 'allowed'],
    ['an image of the desk', { method: 'GET', origin: undefined }, 'allowed'],
    ['an old browser without fetch metadata', { secFetchSite: undefined }, 'allowed'],
    ['no Host', { hosts: [] }, 'HOST_MISSING'],
    ['an empty Host', { hosts: [''] }, 'HOST_MISSING'],
    ['two Hosts', { hosts: ['127.0.0.1:17480', 'evil.example'] }, 'HOST_DOUBLED'],
    ['a rebound name', { hosts: ['evil.example:17480'], origin: 'http://evil.example:17480' }, 'HOST_FOREIGN'],
    ['a rebound name, page load', { method: 'GET', hosts: ['evil.example:17480'], origin: undefined }, 'HOST_FOREIGN'],
    ['localhost, which is not our name', { hosts: ['localhost:17480'] }, 'HOST_FOREIGN'],
    ['a name that begins alike', { hosts: ['127.0.0.1:17480.evil.example'] }, 'HOST_FOREIGN'],
    ['another port', { hosts: ['127.0.0.1:80'] }, 'PORT_WRONG'],
    ['no port', { hosts: ['127.0.0.1'] }, 'PORT_WRONG'],
    ['a foreign page', { origin: 'https://evil.example', secFetchSite: 'cross-site' }, 'ORIGIN_FOREIGN'],
    [
      'another program on this machine',
      { origin: 'http://127.0.0.1:3000', secFetchSite: 'same-site' },
      'ORIGIN_FOREIGN',
    ],
    ['https in place of http', { origin: 'https://127.0.0.1:17480' }, 'ORIGIN_FOREIGN'],
    ['a sandboxed frame or a file', { origin: 'null', secFetchSite: 'cross-site' }, 'ORIGIN_OPAQUE'],
    ['a foreign image tag', { method: 'GET', origin: undefined, secFetchSite: 'cross-site' }, 'FETCH_SITE_FOREIGN'],
    ['a neighbour port', { method: 'GET', origin: undefined, secFetchSite: 'same-site' }, 'FETCH_SITE_FOREIGN'],
    ['a nonsense Sec-Fetch-Site', { secFetchSite: 'same-origin, same-origin' }, 'FETCH_SITE_FOREIGN'],
    ['a change by cookie without Origin', { origin: undefined, secFetchSite: undefined }, 'ORIGIN_MISSING'],
    ['no cookie', { hasCookie: false }, 'COOKIE_MISSING'],
    ['a preflight', { method: 'OPTIONS' }, 'METHOD_REFUSED'],
    ['TRACE', { method: 'TRACE' }, 'METHOD_REFUSED'],
    ['a method in lower case', { method: 'post' }, 'METHOD_REFUSED'],
    ['a proxy request', { target: 'http://evil.example/' }, 'TARGET_NOT_A_PATH'],
    ['a target that reads as a host', { target: '//evil.example/' }, 'TARGET_NOT_A_PATH'],
    ['the asterisk', { target: '*' }, 'TARGET_NOT_A_PATH'],
  ])('%s', (_, change, expected) => {
    const verdict = guardRequest({ ...call, ...change }, doors);
    expect(verdict.ok ? 'allowed' : verdict.error).toBe(expected);
  });

  test('what needs no cookie is open to a program that brings none, and only to it', () => {
    const program = { ...call, origin: undefined, secFetchSite: undefined, hasCookie: false };
    expect(guardRequest(program, { ...doors, needsCookie: false }).ok).toBe(true);
    expect(guardRequest({ ...program, hasCookie: true }, { ...doors, needsCookie: false }).ok).toBe(false);
  });

  test('no foreign Host and no foreign Origin ever passes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom('GET', 'POST', 'DELETE'), (host, origin, method) => {
        fc.pre(host !== '127.0.0.1:17480');
        expect(guardRequest({ ...call, method, hosts: [host] }, doors).ok).toBe(false);
        fc.pre(origin !== OWN);
        expect(guardRequest({ ...call, method, origin }, doors).ok).toBe(false);
      }),
    );
  });

  test('every refusal has an error status', () => {
    for (const status of Object.values(REFUSALS)) expect([400, 401, 403, 405, 421]).toContain(status);
  });
});

test('the facts are taken from a real request, doubled headers and all', async () => {
  const seen = await requestOverTheWire(
    'POST /rpc/x HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\nOrigin: http://c.example\r\n' +
      'Sec-Fetch-Site: cross-site\r\nCookie: other=1; kaodian=abc\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  );
  expect(seen).toEqual({
    method: 'POST',
    target: '/rpc/x',
    hosts: ['a.example', 'b.example'],
    origin: 'http://c.example',
    secFetchSite: 'cross-site',
    hasCookie: true,
  });
});

async function requestOverTheWire(text: string): Promise<RequestFacts> {
  const { promise, resolve } = Promise.withResolvers<RequestFacts>();
  const server = createServer({ requireHostHeader: false }, (request: IncomingMessage, response) => {
    resolve(requestFacts(request, 'kaodian'));
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  connect((server.address() as AddressInfo).port, '127.0.0.1')
    .end(text)
    .resume();
  const facts = await promise;
  await new Promise((closed) => server.close(closed));
  return facts;
}
