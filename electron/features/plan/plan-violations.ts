import { blockedViolations } from './blocked-violations.ts';
import { cameraViolations } from './camera-violations.ts';
import { centreViolations } from './centre-violations.ts';
import { documentViolations } from './document-violations.ts';
import { panelViolations } from './panel-violations.ts';
import { partPassViolations } from './part-pass-violations.ts';
import type { Plan } from './plan-schema.ts';
import { type DraftTables, flattenPlan } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';
import { referenceViolations } from './reference-violations.ts';
import { rubricViolations } from './rubric-violations.ts';
import { sessionViolations } from './session-violations.ts';
import { uniquenessViolations } from './uniqueness-violations.ts';
import { workstationViolations } from './workstation-violations.ts';

/**
 * Everything in the tables that does not fit together, whatever order the rows stand in. Values that are missing
 * because their own cell was wrong give no second complaint. Never throws.
 */
export function tableViolations(tables: DraftTables): PlanViolation[] {
  return [
    ...centreViolations(tables),
    ...uniquenessViolations(tables),
    ...referenceViolations(tables),
    ...workstationViolations(tables),
    ...cameraViolations(tables),
    ...sessionViolations(tables),
    ...panelViolations(tables),
    ...rubricViolations(tables),
    ...partPassViolations(tables),
    ...documentViolations(tables),
    ...blockedViolations(tables),
  ];
}

/** The same for a whole plan, as a package brings it. */
export function planViolations(plan: Plan): PlanViolation[] {
  return tableViolations(flattenPlan(plan));
}
