import { door as en } from './en/door.ts';
import { texts } from './use-texts.ts';
import { door as zh } from './zh-CN/door.ts';

export const doorTexts = texts(zh, en);
