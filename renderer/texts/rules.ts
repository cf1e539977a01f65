import { rules as en } from './en/rules.ts';
import { texts } from './use-texts.ts';
import { rules as zh } from './zh-CN/rules.ts';

export const rulesTexts = texts(zh, en);
