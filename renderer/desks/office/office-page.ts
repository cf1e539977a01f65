import { useSyncExternalStore } from 'react';
import type { StaffMember } from '../../../electron/features/staff/contract.ts';

export const officePages = [
  'overview',
  'door',
  'plan',
  'assignment',
  'examiners',
  'rules',
  'staff',
  'devices',
  'journal',
  'timeline',
  'inspections',
  'appraisal',
  'forms',
  'scores',
  'closing',
  'rehearsal',
] as const;
export type OfficePage = (typeof officePages)[number];

type Role = StaffMember['roles'][number];

/** Who is shown which page. The station checks every call itself; this only leaves out what would be refused. */
const shownTo: Record<OfficePage, readonly Role[]> = {
  overview: ['site-lead', 'supervisor', 'score-keeper'],
  door: ['site-lead', 'supervisor'],
  plan: ['site-lead', 'supervisor'],
  assignment: ['site-lead', 'supervisor'],
  examiners: ['site-lead', 'supervisor'],
  rules: ['site-lead', 'supervisor', 'score-keeper'],
  staff: ['site-lead'],
  devices: ['site-lead'],
  journal: ['site-lead', 'supervisor'],
  timeline: ['site-lead', 'supervisor'],
  inspections: ['site-lead', 'supervisor'],
  appraisal: ['site-lead', 'supervisor'],
  forms: ['site-lead', 'supervisor', 'score-keeper'],
  scores: ['site-lead', 'supervisor', 'score-keeper'],
  closing: ['site-lead', 'supervisor', 'score-keeper'],
  rehearsal: ['site-lead'],
};

export const pagesFor = (roles: readonly Role[]): OfficePage[] =>
  officePages.filter((page) => shownTo[page].some((role) => roles.includes(role)));

const pageOfHash = (hash: string): OfficePage => officePages.find((page) => hash === `#${page}`) ?? 'overview';

const onHashChange = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

/** The page stands in the address (`/office#closing`), so that it can be a bookmark and the browser's Back works. */
export function useOfficePage(): [OfficePage, (page: OfficePage) => void] {
  // Read anew once the listener hangs: the address may change while the desk is still being put up.
  const page = useSyncExternalStore(onHashChange, () => pageOfHash(window.location.hash));
  return [
    page,
    (to) => {
      window.location.hash = to;
    },
  ];
}
