import { office as en } from './en/office.ts';
import { texts } from './use-texts.ts';
import { office as zh } from './zh-CN/office.ts';

export const officeTexts = texts(zh, en);
