import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import type { Finding } from './violation.ts';

export interface PanelSize {
  /** At most so many candidates for one examiner. */
  candidatesEach: number;
  least: number;
  odd: boolean;
}

/** Too few examiners for the room, an even number where it must be odd, no lead or more than one. */
export function panelFindings({ room, panel }: AssignmentFacts, size: PanelSize): Finding[] {
  const marking = panel.filter((p) => p.duty !== 'reserve');
  const has = marking.length;
  const found: Finding[] = [];
  const add = (ruleId: string, facts: Record<string, string>) => found.push({ ruleId, examinerId: null, facts });
  const wanted = Math.max(size.least, Math.ceil(room.candidates.length / size.candidatesEach));
  if (has < wanted) {
    add('panel.size', { has: String(has), wanted: String(wanted), candidates: String(room.candidates.length) });
  }
  if (size.odd && has % 2 === 0) add('panel.odd', { has: String(has) });
  const leads = marking.filter((p) => p.duty === 'lead').length;
  if (leads !== 1) add('panel.lead', { leads: String(leads) });
  return found;
}

/** What else the person does at the same time: another room, or a duty that an examiner may not have besides. */
export function clashFindings(facts: AssignmentFacts, { examinerId }: Dossier): Finding[] {
  const { session, room, panel } = facts;
  const found: Finding[] = [];
  const overlaps = facts.elsewhere.filter(
    (e) =>
      e.examinerId === examinerId &&
      !(e.sessionId === session.sessionId && e.roomId === room.roomId) &&
      e.startsAtMs < session.endsAtMs &&
      session.startsAtMs < e.endsAtMs,
  );
  if (overlaps.length > 0) {
    const places = overlaps.map((e) => `${e.sessionId}/${e.roomId}`).join(' ');
    found.push({ ruleId: 'panel.double-booking', examinerId, facts: { places } });
  }
  const twice = panel.filter((p) => p.examinerId === examinerId);
  const others = twice.flatMap((p) => p.otherDuties).filter((duty) => duty !== 'trainer');
  if (others.length > 0) {
    found.push({ ruleId: 'panel.role-clash', examinerId, facts: { duties: [...new Set(others)].join(' ') } });
  }
  if (twice.length > 1) found.push({ ruleId: 'panel.double-booking', examinerId, facts: { places: 'this panel' } });
  return found;
}
