import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { InspectionResult } from './contract.ts';

const ids = z.array(z.string());

export const inspectionsEvents = {
  drawn: event(
    'inspections.drawn',
    '抽定一次抽查：督导员、考场、考生',
    'An inspection was drawn: supervisor, room and candidates',
    z.object({
      inspectionId: z.string(),
      nth: z.int(),
      size: z.int(),
      root: z.string(),
      rooms: ids,
      inspectors: ids,
      present: ids,
      count: z.int(),
      roomId: z.string(),
      inspectorId: z.string(),
      candidateIds: ids,
    }),
  ),
  drawRefused: refusal(
    'inspections.draw-refused',
    '没有抽查可抽',
    'No inspection was drawn',
    z.object({ code: z.string() }),
  ),
  recorded: event(
    'inspections.recorded',
    '督导员记下抽查结果',
    'The supervisor put on record what the inspection found',
    z.object({ inspectionId: z.string(), roomId: z.string(), inspectorId: z.string(), result: InspectionResult }),
  ),
  signed: event(
    'inspections.signed',
    '考点负责人签抽查记录',
    'The site lead signed the record of an inspection',
    z.object({ inspectionId: z.string(), roomId: z.string() }),
  ),
  refused: refusal(
    'inspections.refused',
    '抽查结果没有记下',
    'The record of an inspection was not taken',
    z.object({ inspectionId: z.string(), step: z.enum(['record', 'sign']), code: z.string() }),
  ),
};
