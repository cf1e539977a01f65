import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { residentCardText } from '../cards.ts';
import { DIALECTS } from './dialects.ts';
import { nationCode } from './nations.ts';
import { isLoopback, parseServiceAddress } from './service-address.ts';
import { type ServiceCard, serviceCardText } from './service-card.ts';
import { parseServiceJson, samIdIn } from './service-json.ts';

const card: ServiceCard = {
  kind: null,
  name: '样本一 ',
  englishName: '',
  sex: '男',
  nation: '汉',
  birth: '1990-01-01',
  address: '样本市样本路1号',
  number: '11010119900101123x',
  issuer: '样本市公安局',
  validFrom: '2020.01.01',
  validUntil: '2030年1月1日',
  passNumber: '',
  issueCount: '',
  photo: '',
};

test('words, dates and small letters become what a card holds', () => {
  expect(serviceCardText(card)).toEqual({
    ok: true,
    value: residentCardText({
      name: '样本一',
      sex: '1',
      nation: '01',
      birth: '19900101',
      address: '样本市样本路1号',
      number: '11010119900101123X',
      issuer: '样本市公安局',
      validFrom: '20200101',
      validUntil: '20300101',
    }),
  });
});

test.each<[Partial<ServiceCard>, string]>([
  [{ sex: 'M' }, 'sex'],
  [{ birth: '1990' }, 'birth'],
  [{ validFrom: '' }, 'validFrom'],
  [{ validUntil: 'long' }, 'validUntil'],
  [{ nation: '样本' }, 'nation'],
  [{ address: '长'.repeat(36) }, 'too-long'],
])('%j cannot stand on a card', (wrong, field) => {
  expect(serviceCardText({ ...card, ...wrong })).toEqual({ ok: false, error: { field } });
});

test.each([
  ['汉', '01'],
  ['汉族', '01'],
  ['1', '01'],
  ['56', '56'],
  ['基诺', '56'],
  ['塔塔尔族', '50'],
  ['毛难', '36'],
  ['其他', '97'],
  ['Han', null],
])('the people %s has the code %s', (written, code) => {
  expect(nationCode(written)).toBe(code);
});

describe('addresses', () => {
  test.each([
    ['synjones', 'http://localhost:8989'],
    ['huashi', 'http://127.0.0.1:19196'],
    ['donsee', 'http://127.0.0.1:38088'],
    ['synjones:https://localhost:9199', 'https://localhost:9199'],
    ['donsee:http://[::1]:38088', 'http://[::1]:38088'],
  ])('%s is %s', (address, origin) => {
    const parsed = parseServiceAddress(address, false);
    expect(parsed.ok && parsed.value.origin.origin).toBe(origin);
  });

  test.each([
    ['tcp:127.0.0.1:1', 'not-a-service'],
    ['toString', 'not-a-service'],
    ['huashi:', 'bad-address'],
    ['huashi:127.0.0.1:19196', 'bad-address'],
    ['huashi:ftp://127.0.0.1', 'bad-address'],
    ['huashi:http://127.0.0.1:19196/readcard', 'bad-address'],
    ['huashi:http://user:word@127.0.0.1:19196', 'bad-address'],
    ['huashi:http://192.168.1.5:19196', 'beyond-this-machine'],
    ['huashi:http://127.0.0.1.example.invalid:19196', 'beyond-this-machine'],
    ['huashi:http://localhost.invalid:19196', 'beyond-this-machine'],
  ])('%s is refused: %s', (address, error) => {
    expect(parseServiceAddress(address, false)).toEqual({ ok: false, error });
  });

  test('another computer only where the setting allows it', () => {
    expect(parseServiceAddress('huashi:http://192.168.1.5:19196', true).ok).toBe(true);
    expect(['127.0.0.1', '127.9.9.9', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost'].every(isLoopback)).toBe(true);
    expect(['127.0.0.1.x', '128.0.0.1', '0.0.0.0', '::2', 'LOCALHOST.'].some(isLoopback)).toBe(false);
  });
});

test('foreign JSON of any shape is an answer or malformed, never a throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      for (const dialect of Object.values(DIALECTS)) {
        const said = dialect.understand(value);
        if (said.ok && said.value.kind === 'card') serviceCardText(said.value.card);
      }
      samIdIn(value);
    }),
  );
});

test('bytes of any kind are JSON or malformed; a byte order mark does no harm', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseServiceJson(bytes)));
  expect(parseServiceJson(Buffer.from('\ufeff{"code":"0"}'))).toEqual({ ok: true, value: { code: '0' } });
});
