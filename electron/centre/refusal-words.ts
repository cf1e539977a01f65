/** What a person at the centre reads of a refusal's code, Chinese first. */
const WORDS: Record<string, string> = {
  NOT_AS_ANNOUNCED: '传到的与声明的不是同一包 not what was announced',
  REHEARSAL: '演练与正式混了 rehearsal and real do not mix',
  NAME_TAKEN: '同名的包已签收过，内容不同：场次被改写 another content under a name already accepted',
  SESSION_NOT_PLANNED: '没有这一场的计划 no such session is planned',
  CLAIMS_FAILED: '核验没有通过 claims failed',
  PREVIOUS_MISSING: '前一包还没收到，等它 waits for the bundle before it',
  CHAIN_BROKEN: '与上一次签收的接不上 does not follow the bundle accepted last',
  JOURNAL_ROLLED_BACK: '日志比见过的短，或内容不同 the journal is shorter or other than seen before',
  KEY_ROTATED: '用换下的旧密钥签的 signed with a key that was replaced before',
  KEY_REVOKED: '用作废的密钥签的 signed with a key that was withdrawn',
  ARCHIVE_BROKEN: '文件包不完整 the archive is broken',
  ARCHIVE_GONE: '文件包不在了，要重传 the archive is gone, it has to be sent again',
  DISK_FULL: '中心磁盘满 the disk of the centre is full',
};

/** @param refusal  JSON as it is on record; null where there is none */
export function refusalWords(refusal: string | null): string[] {
  if (refusal === null) return [];
  const reasons = JSON.parse(refusal) as { code: string; claims?: string[] }[];
  return reasons.map(({ code, claims = [] }) => [WORDS[code] ?? code, ...claims].join(' '));
}
