import type { CardFields } from '../cards.ts';
import type { DialectName } from './dialects.ts';

// What each maker's service answers, written from its documents and from programs that use it, apart from the tables the
// driver reads by: one slip must not cancel itself out.

/** What lies on the simulated reader. */
export interface ServiceCardOnReader {
  readonly fields: CardFields;
  /** A JPEG or bitmap file; null for a card without a photograph. */
  readonly photo: Uint8Array | null;
}

export type Situation =
  | { readonly kind: 'card'; readonly card: ServiceCardOnReader }
  | { readonly kind: 'none' }
  | { readonly kind: 'device-missing' }
  | { readonly kind: 'status'; readonly status: number };

const NATION_NAMES: Readonly<Record<string, string>> = { '01': '汉', '02': '蒙古', '05': '维吾尔', '15': '土家' };
const SEX_WORDS = { '0': '未知', '1': '男', '2': '女', '9': '未说明' } as const;
const base64 = (photo: Uint8Array | null): string => (photo ? Buffer.from(photo).toString('base64') : '');

/** The answer to "read a card", as JSON text. */
export function readReply(dialect: DialectName, situation: Situation): string {
  switch (dialect) {
    case 'synjones':
      return JSON.stringify(synjonesReply(situation));
    case 'huashi':
      return spaced(huashiReply(situation));
    case 'donsee':
      return JSON.stringify(donseeReply(situation));
  }
}

/** As the service of port 19196 writes it: a blank on both sides of the colon, which programs match by pattern. */
export const spaced = (value: object): string => JSON.stringify(value, null, 1).replaceAll('": ', '" : ');

function synjonesReply(situation: Situation): object {
  if (situation.kind === 'none') return { code: '-1', retcode: '0x80 0x0', errmsg: '没有找到卡' };
  if (situation.kind === 'device-missing') return { code: '-1', retcode: '0x1 0x0', errmsg: '端口打开失败' };
  if (situation.kind === 'status')
    return { code: '-1', retcode: `0x${situation.status.toString(16)} 0x0`, errmsg: '读卡失败' };
  const { fields: f, photo } = situation.card;
  return {
    code: '0',
    retcode: `0x90 ${photo ? '0x1' : '0x0'}`,
    errmsg: '',
    CardType: { resident: '0', 'foreigner-2017': '1', hmt: '2', 'foreigner-2023': '3' }[f.kind],
    name: nameOf(f),
    EngName: 'englishName' in f ? f.englishName : '',
    sex: SEX_WORDS[f.sex],
    nation: f.kind === 'resident' ? (NATION_NAMES[f.nation] ?? f.nation) : 'nationality' in f ? f.nationality : '',
    born: f.birth,
    address: 'address' in f ? f.address : '',
    cardno: f.number,
    police: 'issuer' in f ? f.issuer : '',
    userlifeb: f.validFrom,
    userlifee: f.validUntil,
    PassID: f.kind === 'hmt' ? f.passNumber : '',
    IssuesTimes: f.kind === 'hmt' ? f.issueCount : '',
    photobase64: base64(photo),
  };
}

function huashiReply(situation: Situation): object {
  const empty = { certAddress: '', certNumber: '', certOrg: '', certType: '', identityPic: '', partyName: '' };
  if (situation.kind === 'device-missing') return { ...empty, resultFlag: -1, errorMsg: '设备未连接' };
  if (situation.kind !== 'card') return { ...empty, resultFlag: -11, errorMsg: '读卡失败' };
  const { fields: f, photo } = situation.card;
  return {
    bornDay: f.birth,
    certAddress: 'address' in f ? f.address : '',
    certNumber: f.number,
    certOrg: 'issuer' in f ? f.issuer : '',
    certType: { resident: ' ', hmt: 'J', 'foreigner-2017': 'I', 'foreigner-2023': 'Y' }[f.kind],
    effDate: f.validFrom,
    expDate: f.validUntil,
    errorMsg: '读卡成功',
    gender: SEX_WORDS[f.sex],
    identityPic: base64(photo),
    nation: f.kind === 'resident' ? (NATION_NAMES[f.nation] ?? '') : 'nationality' in f ? f.nationality : '',
    nationCode: f.kind === 'resident' ? f.nation : '',
    partyName: nameOf(f),
    resultFlag: 0,
  };
}

function donseeReply(situation: Situation): object {
  if (situation.kind === 'device-missing') return { code: -2, message: '打开设备失败', function: 'read_idcard' };
  if (situation.kind !== 'card') return { code: -4, message: '请放卡', function: 'read_idcard' };
  const { fields: f, photo } = situation.card;
  const dotted = (day: string) => day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1.$2.$3');
  return {
    code: 0,
    message: '成功',
    function: 'read_idcard',
    IDCardInfo: {
      name: nameOf(f),
      sex: SEX_WORDS[f.sex],
      nation:
        f.kind === 'resident' ? `${NATION_NAMES[f.nation] ?? f.nation}族` : 'nationality' in f ? f.nationality : '',
      birthday: f.birth,
      address: 'address' in f ? f.address : '',
      cardID: f.number,
      issueOrgan: 'issuer' in f ? f.issuer : '',
      validStart: dotted(f.validFrom),
      validEnd: dotted(f.validUntil),
      photoBase64: photo ? `data:image/jpeg;base64,${base64(photo)}` : '',
    },
  };
}

/** The one name that every service has a place for. */
const nameOf = (f: CardFields): string =>
  'name' in f ? f.name : f.chineseName.trim() === '' ? f.englishName : f.chineseName;
