import type { Claim, TwoTongues } from './claims/claim.ts';
import type { VerifyReport } from './verify-bundle.ts';

export const RESULT_WORDS = {
  fail: { mark: '✕', zh: '不通过', en: 'failed' },
  'not-present': { mark: '–', zh: '没有提供', en: 'not present' },
  pass: { mark: '✓', zh: '通过', en: 'passed' },
} as const;

const ORDER: readonly Claim['result'][] = ['fail', 'not-present', 'pass'];

/** Failures first, then what is not there, then what passed; within each as checked. */
export const inReadingOrder = (claims: readonly Claim[]): Claim[] =>
  ORDER.flatMap((result) => claims.filter((claim) => claim.result === result));

/** 完整 2 */
export const claimLabel = (claim: Claim, tongue: keyof TwoTongues): string =>
  `${claim.topic[tongue]} ${claim.id.slice(claim.id.lastIndexOf('.') + 1)}`;

const isVouchedFor = (claims: readonly Claim[]): boolean =>
  claims.some((c) => c.id === 'signature.2' && c.result === 'pass');

/** Whether somebody outside vouches for the key and the inside was looked at too. */
export const isUnlimited = ({ claims, withKey }: VerifyReport): boolean => withKey && isVouchedFor(claims);

/** The one sentence at the top. It says that no change was found, never that there was none. */
export function verdict({ counts, withKey, claims }: VerifyReport): TwoTongues {
  if (counts.fail > 0) {
    const touched = claims.some((c) => c.result === 'fail' && /^(complete|signature|journal)\./.test(c.id));
    return touched
      ? {
          zh: `有 ${counts.fail} 项不通过，包可能被改动或损坏，请从第 1 条看起。`,
          en: `${counts.fail} failed: the bundle may have been changed or damaged. Start with the first.`,
        }
      : {
          zh: `有 ${counts.fail} 项不通过，请从第 1 条看起。清单、签名、日志没有发现改动。`,
          en: `${counts.fail} failed: start with the first. In lists, signature and journal no change was found.`,
        };
  }
  const limits = [
    ...(isVouchedFor(claims)
      ? []
      : [{ zh: '签名密钥还没有包外的人担保', en: 'nobody outside vouched for the key yet' }]),
    ...(withKey ? [] : [{ zh: '没有看里面', en: 'nothing inside was looked at' }]),
  ];
  if (limits.length === 0) return { zh: '没有发现改动。', en: 'No change found.' };
  return {
    zh: `没有发现改动；${limits.map((l) => l.zh).join('，')}。`,
    en: `No change found; ${limits.map((l) => l.en).join(', ')}.`,
  };
}

export const NOT_PROVED: TwoTongues = {
  zh: '这份报告不证明：包外发生过什么、摄像头没拍到什么、签名人当时是否自愿。',
  en: 'This report does not prove what happened outside the bundle, what no camera saw, or whether a signer was free.',
};
