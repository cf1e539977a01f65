import { closing as en } from './en/closing.ts';
import { texts } from './use-texts.ts';
import { closing as zh } from './zh-CN/closing.ts';

export const closingTexts = texts(zh, en);
