import { assignment as en } from './en/assignment.ts';
import { texts } from './use-texts.ts';
import { assignment as zh } from './zh-CN/assignment.ts';

export const assignmentTexts = texts(zh, en);
