import { appraisal as en } from './en/appraisal.ts';
import { texts } from './use-texts.ts';
import { appraisal as zh } from './zh-CN/appraisal.ts';

export const appraisalTexts = texts(zh, en);
