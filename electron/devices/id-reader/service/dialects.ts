import { z } from 'zod';
import { err, ok, type Result } from '../../../lib/result.ts';
import { actionFor } from '../sam-status.ts';
import type { CardKind, ServiceCard } from './service-card.ts';

/** What an answer to "is there a card?" comes down to. */
export type ServiceAnswer =
  | { readonly kind: 'card'; readonly card: ServiceCard }
  | { readonly kind: 'no-card' }
  /** The service runs, but no reader is connected to its computer, or none that works. */
  | { readonly kind: 'device-missing' }
  /** A card lies there that could not be read; SW3 where the service passes it on. */
  | { readonly kind: 'not-read'; readonly status: number | null }
  /** The module refused the card: an operator decides. */
  | { readonly kind: 'suspect'; readonly status: number };

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

/** How one maker's service on this computer is spoken to. */
export interface Dialect {
  readonly name: 'synjones' | 'huashi' | 'donsee';
  readonly usualOrigin: string;
  /** Asked first, once for each time the service is met; its answer must not say that the device is missing. */
  readonly open: Question | null;
  readonly samId: Question | null;
  readonly read: Question;
  readonly close: Question | null;
  /** The answer to `open` and `read`, parsed from JSON. */
  understand(answer: unknown): Result<ServiceAnswer, 'malformed'>;
}

export type DialectName = Dialect['name'];

const field = z
  .union([z.string().max(400), z.int().transform(String)])
  .nullish()
  .transform((text) => text ?? '');
/** A million characters hold a bitmap of 500 x 500. */
const picture = z
  .string()
  .max(1_400_000)
  .nullish()
  .transform((text) => text ?? '');
const flag = z.union([z.int(), z.string().max(40)]).transform(String);

/** 神思 webapi 3.3.4, as its documents tell it. `retcode` holds the module's own status, then that of the photo. */
const synjones: Dialect = {
  name: 'synjones',
  usualOrigin: 'http://localhost:8989',
  open: { method: 'GET', path: '/api/Version' },
  samId: { method: 'GET', path: '/api/GetSAMID' },
  read: { method: 'GET', path: '/api/ReadMsg?waitTime=1' },
  close: null,
  understand(answer) {
    const parsed = z
      .object({
        code: flag.default('0'),
        retcode: z.string().max(40).default(''),
        errmsg: field,
        CardType: flag.default(''),
        name: field,
        EngName: field,
        sex: field,
        nation: field,
        born: field,
        address: field,
        cardno: field,
        police: field,
        userlifeb: field,
        userlifee: field,
        PassID: field,
        IssuesTimes: field,
        photobase64: picture,
      })
      .safeParse(answer);
    if (!parsed.success) return err('malformed');
    const a = parsed.data;
    const status = /^0x([0-9a-f]{1,2})\b/i.exec(a.retcode.trim());
    if (a.code !== '0' || (status && Number(status[0]) !== 0x90)) {
      return ok(status ? byModuleStatus(Number(status[0])) : byWords(a.errmsg));
    }
    if (a.cardno === '') return ok({ kind: 'no-card' });
    const kinds: Readonly<Record<string, CardKind>> = {
      '0': 'resident',
      '1': 'foreigner-2017',
      '2': 'hmt',
      '3': 'foreigner-2023',
    };
    return card({
      kind: kinds[a.CardType] ?? null,
      name: a.name,
      englishName: a.EngName,
      sex: a.sex,
      nation: a.nation,
      birth: a.born,
      address: a.address,
      number: a.cardno,
      issuer: a.police,
      validFrom: a.userlifeb,
      validUntil: a.userlifee,
      passNumber: a.PassID,
      issueCount: a.IssuesTimes,
      photo: a.photobase64,
    });
  },
};

/** The service on port 19196, as programs that use it tell it (华视 and others ship it). 0 is success. */
const huashi: Dialect = {
  name: 'huashi',
  usualOrigin: 'http://127.0.0.1:19196',
  open: { method: 'GET', path: '/OpenDevice' },
  samId: null,
  read: { method: 'GET', path: '/readcard' },
  close: { method: 'GET', path: '/CloseDevice' },
  understand(answer) {
    const parsed = z
      .object({
        resultFlag: flag,
        errorMsg: field,
        certType: field,
        partyName: field,
        gender: field,
        nation: field,
        nationCode: field,
        bornDay: field,
        certAddress: field,
        certNumber: field,
        certOrg: field,
        effDate: field,
        expDate: field,
        identityPic: picture,
      })
      .safeParse(answer);
    if (!parsed.success) return err('malformed');
    const a = parsed.data;
    if (a.resultFlag !== '0') return ok(byWords(a.errorMsg));
    if (a.certNumber === '') return ok({ kind: 'no-card' });
    const kinds: Readonly<Record<string, CardKind>> = {
      I: 'foreigner-2017',
      J: 'hmt',
      Y: 'foreigner-2023',
    };
    return card({
      kind: kinds[a.certType.trim()] ?? null,
      name: a.partyName,
      englishName: '',
      sex: a.gender,
      nation: a.nationCode || a.nation,
      birth: a.bornDay,
      address: a.certAddress,
      number: a.certNumber,
      issuer: a.certOrg,
      validFrom: a.effDate,
      validUntil: a.expDate,
      passNumber: '',
      issueCount: '',
      photo: a.identityPic,
    });
  },
};

/** 东信 EST on port 38088, as programs that use it tell it. It does not tell the kind of card. */
const donsee: Dialect = {
  name: 'donsee',
  usualOrigin: 'http://127.0.0.1:38088',
  open: null,
  samId: null,
  read: { method: 'POST', path: '/card=idcard' },
  close: null,
  understand(answer) {
    const info = z.object({
      name: field,
      sex: field,
      nation: field,
      birthday: field,
      address: field,
      cardID: field,
      issueOrgan: field,
      validStart: field,
      validEnd: field,
      photoBase64: picture,
    });
    const parsed = z.object({ code: flag, message: field, IDCardInfo: info.nullish() }).safeParse(answer);
    if (!parsed.success) return err('malformed');
    const { code, message, IDCardInfo: a } = parsed.data;
    if (code !== '0') return ok(byWords(message));
    if (!a || a.cardID === '') return ok({ kind: 'no-card' });
    return card({
      kind: null,
      name: a.name,
      englishName: '',
      sex: a.sex,
      nation: a.nation,
      birth: a.birthday,
      address: a.address,
      number: a.cardID,
      issuer: a.issueOrgan,
      validFrom: a.validStart,
      validUntil: a.validEnd,
      passNumber: '',
      issueCount: '',
      photo: a.photoBase64,
    });
  },
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { synjones, huashi, donsee };

const card = (read: ServiceCard): Result<ServiceAnswer, never> => ok({ kind: 'card', card: read });

/** Codes below 10 come from the maker's library, not from the module: port, time, transfer, module's own port. */
function byModuleStatus(status: number): ServiceAnswer {
  if (status < 0x10) return { kind: 'device-missing' };
  const action = actionFor(status);
  if (action === 'no-card') return { kind: 'no-card' };
  if (action === 'out-of-service') return { kind: 'device-missing' };
  return action === 'suspect' ? { kind: 'suspect', status } : { kind: 'not-read', status };
}

/**
 * A service that passes no status on says in words what went wrong. What is no card and what is no device are told apart
 * by their usual words; any other failure counts as no card, which is what these services call "reading failed" while
 * nothing lies there: the person is asked for a card either way.
 */
function byWords(words: string): ServiceAnswer {
  if (/放|无卡|没有卡|未找到卡|找不到卡|寻卡|找卡/.test(words)) return { kind: 'no-card' };
  if (/设备|端口|串口|读卡器|连接|打开|USB/i.test(words)) return { kind: 'device-missing' };
  return { kind: 'no-card' };
}
