import { randomInt } from 'node:crypto';
import type { Role } from '../features/staff/roles.ts';

/** Who works on the rehearsal day. Every name is marked as a specimen; the PINs are drawn anew each time. */
export interface Player {
  readonly key: string;
  readonly name: string;
  readonly roles: Role[];
  readonly examinerId: string | null;
  readonly desk: string;
  readonly pin: string;
}

const newPin = () => String(randomInt(100_000, 1_000_000));

const player = (key: string, name: string, role: Role, desk: string, examinerId: string | null = null): Player => ({
  key,
  name: `${name}（样本）`,
  roles: [role],
  examinerId,
  desk,
  pin: newPin(),
});

export const LEAD = 'lead';
export const STATION_ID = 'SAMPLE-1';

/** The lead, who creates the site, then everybody the lead adds. Examiners are those of the sample plan. */
export function newCast(examiners: readonly { examinerId: string; name: string }[]): Player[] {
  return [
    player(LEAD, '站长', 'site-lead', 'office'),
    player('door', '门岗甲', 'door', 'door'),
    player('second', '门岗乙', 'door', 'door'),
    player('invigilator-201', '监考甲', 'invigilator', 'room'),
    player('invigilator-202', '监考乙', 'invigilator', 'room'),
    player('keeper', '成绩员', 'score-keeper', 'office'),
    player('supervisor', '督导员', 'supervisor', 'office'),
    ...examiners.map(({ examinerId, name }) => ({
      ...player(examinerId, '', 'examiner', 'examiner', examinerId),
      name,
    })),
  ];
}

/** A PIN that is not this one. */
export const otherPin = (pin: string): string => String(((Number(pin) - 100_000 + 1) % 900_000) + 100_000);
