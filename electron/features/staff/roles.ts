import { z } from 'zod';

/**
 * What a person may do on exam day: door 考务, invigilator 监考, examiner 考评员, score-keeper 成绩管理员,
 * supervisor 督导员, site-lead 考点负责人. One person may hold several, except where `clashingRoles` forbids it.
 */
export const Role = z.enum(['door', 'invigilator', 'examiner', 'score-keeper', 'supervisor', 'site-lead']);
export type Role = z.infer<typeof Role>;

/**
 * Who may call a procedure. `anyone`: whoever holds the station's cookie, before sign-in. `signed-in`: any member of
 * staff. Otherwise one of the roles named.
 */
export type Callers = 'anyone' | 'signed-in' | readonly Role[];

export function mayCall(roles: readonly Role[] | null, callers: Callers): boolean {
  if (callers === 'anyone') return true;
  if (roles === null) return false;
  return callers === 'signed-in' || callers.some((r) => roles.includes(r));
}

/**
 * Pairs of roles one person may not hold together. The score-keeper is neither site staff nor an examiner
 * (企业内职业技能鉴定成绩管理细则); a supervisor watches and takes no other part. Whoever can read at this station who sits
 * where does not mark: an examiner's sheet shows seats, and marking is to hide the candidates' identity. The last is the
 * station's own rule; the sources ask for hidden identity and say nothing of these pairs.
 */
export function clashingRoles(roles: readonly Role[]): [Role, Role][] {
  const clashes: [Role, Role][] = [];
  for (const watcher of ['score-keeper', 'supervisor'] as const) {
    if (!roles.includes(watcher)) continue;
    for (const other of roles) if (other !== watcher) clashes.push([watcher, other]);
  }
  if (roles.includes('examiner')) {
    for (const knows of ['door', 'invigilator', 'site-lead'] as const) {
      if (roles.includes(knows)) clashes.push(['examiner', knows]);
    }
  }
  return clashes;
}
