import { home as en } from './en/home.ts';
import { texts } from './use-texts.ts';
import { home as zh } from './zh-CN/home.ts';

export const homeTexts = texts(zh, en);
