import { inspections as en } from './en/inspections.ts';
import { texts } from './use-texts.ts';
import { inspections as zh } from './zh-CN/inspections.ts';

export const inspectionsTexts = texts(zh, en);
