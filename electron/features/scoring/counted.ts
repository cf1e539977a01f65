import type { DecisionBody } from './decisions-contract.ts';
import { vetoOf } from './marks-contract.ts';

/** One examiner's locked sheet as far as it concerns one candidate. */
export interface SheetFacts {
  examinerId: string;
  /** As it is shown: a name on a screen, an id where names are of no matter. */
  name: string;
  marks: Readonly<Record<string, number>>;
  vetoes: readonly string[];
  signed: boolean;
}

/** open: waits for the second person; refused: that person did not agree, and it never counts. */
export interface DecisionFacts {
  state: 'open' | 'agreed' | 'refused';
  body: DecisionBody;
}

export const stateOf = (check: { agrees: boolean } | null): DecisionFacts['state'] =>
  check === null ? 'open' : check.agrees ? 'agreed' : 'refused';

/** The sheets as they count: with every correction in force, in the order they were made. The locked ones stay as they are. */
export function countedSheets(sheets: readonly SheetFacts[], decisions: readonly DecisionFacts[]): SheetFacts[] {
  return sheets.map((sheet) => {
    const marks = { ...sheet.marks };
    const vetoes = new Set(sheet.vetoes);
    for (const { state, body } of decisions) {
      if (state !== 'agreed' || body.kind !== 'correction' || body.examinerId !== sheet.examinerId) continue;
      const veto = vetoOf(body.cellId);
      if (veto === null) marks[body.cellId] = body.tenths ?? 0;
      else if (body.tenths === null) vetoes.delete(veto);
      else vetoes.add(veto);
    }
    return { ...sheet, marks, vetoes: [...vetoes] };
  });
}

/** The last conference both have signed. */
export function conferenceInForce(
  decisions: readonly DecisionFacts[],
): Extract<DecisionBody, { kind: 'conference' }> | null {
  const last = decisions.findLast((d) => d.state === 'agreed' && d.body.kind === 'conference');
  return last?.body.kind === 'conference' ? last.body : null;
}

/** What every examiner has found, or the lead has decided, stands; what only some have found is disputed. */
export function vetoStanding(
  sheets: readonly Pick<SheetFacts, 'vetoes'>[],
  decided: Readonly<Record<string, boolean>>,
): { standing: string[]; disputed: string[] } {
  const standing: string[] = [];
  const disputed: string[] = [];
  for (const veto of [...new Set(sheets.flatMap((s) => s.vetoes))].sort()) {
    const found = sheets.filter((s) => s.vetoes.includes(veto)).length;
    if (found === sheets.length || decided[veto] !== undefined) {
      if (decided[veto] ?? true) standing.push(veto);
    } else disputed.push(veto);
  }
  return { standing, disputed };
}
