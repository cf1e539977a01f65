import { blockedSheet } from './blocked.ts';
import { candidateSheet } from './candidates.ts';
import { centreSheet } from './centre.ts';
import { examinerSheet, panelSheet } from './examiners.ts';
import { headSheet } from './head.ts';
import { partPassSheet } from './part-passes.ts';
import { cameraSheet, roomSheet, workstationSheet } from './places.ts';
import { deductionSheet, itemSheet, rubricSheet, vetoSheet } from './rubrics.ts';
import { sessionSheet } from './sessions.ts';
import type { SheetSpec } from './sheet.ts';
import { siteSheet } from './site.ts';

/** Every sheet of the plan's workbook, in the order of its tabs, in which problems are listed too. */
export const SHEETS = [
  headSheet,
  siteSheet,
  centreSheet,
  sessionSheet,
  roomSheet,
  cameraSheet,
  workstationSheet,
  candidateSheet,
  examinerSheet,
  panelSheet,
  rubricSheet,
  itemSheet,
  deductionSheet,
  vetoSheet,
  partPassSheet,
  blockedSheet,
] as unknown as readonly SheetSpec[];

/** The tab of instructions, which is not read. */
export const INSTRUCTIONS = '说明';

/** A row whose first cell begins so is an example and is not read. */
export const EXAMPLE_MARK = '【示例】';
