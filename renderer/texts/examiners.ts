import { examiners as en } from './en/examiners.ts';
import { texts } from './use-texts.ts';
import { examiners as zh } from './zh-CN/examiners.ts';

export const examinersTexts = texts(zh, en);
