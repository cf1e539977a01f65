import { plan as en } from './en/plan.ts';
import { texts } from './use-texts.ts';
import { plan as zh } from './zh-CN/plan.ts';

export const planTexts = texts(zh, en);
