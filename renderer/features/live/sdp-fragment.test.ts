import { expect, test } from 'vitest';
import { answerAfterRestart, iceOf, restartFragment } from './sdp-fragment.ts';

const offer = [
  'v=0',
  'o=- 1 3 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
  'a=candidate:1 1 udp 2130706431 198.51.100.1 39132 typ host',
  'a=sendonly',
  '',
].join('\r\n');

test('the fragment of a restart names credentials, media and candidates', () => {
  expect(restartFragment(offer)).toBe(
    [
      'a=ice-ufrag:EsAw',
      'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
      'm=video 9 UDP/TLS/RTP/SAVPF 96',
      'a=mid:0',
      'a=candidate:1 1 udp 2130706431 198.51.100.1 39132 typ host',
      'a=end-of-candidates',
      '',
    ].join('\r\n'),
  );
});

test('the answer after a restart differs in credentials and candidates alone', () => {
  const fragment =
    'a=ice-ufrag:ABCD\r\na=ice-pwd:289b31b754eaa438ca1ee0\r\na=candidate:2 1 udp 1 198.51.100.2 4000 typ host\r\n';
  const answer = answerAfterRestart(offer, fragment)!;
  expect(iceOf(answer)).toEqual({
    ufrag: 'ABCD',
    password: '289b31b754eaa438ca1ee0',
    candidates: ['a=candidate:2 1 udp 1 198.51.100.2 4000 typ host'],
  });
  const rest = (sdp: string) => sdp.split('\r\n').filter((l) => !/^a=(ice-|candidate)/.test(l));
  expect(rest(answer)).toEqual(rest(offer));
});

test.each([
  ['', null],
  ['a=ice-ufrag:AB\r\na=ice-pwd:289b31b754eaa438ca1ee0', null],
  ['a=ice-ufrag:ABCD\r\na=ice-pwd:short', null],
  ['a=ice-ufrag:ABCD\r\na=ice-pwd:289b31b754eaa438ca1 ee0 x', null],
])('a fragment without sound credentials is no answer: %j', (fragment, expected) => {
  expect(answerAfterRestart(offer, fragment)).toBe(expected);
});
