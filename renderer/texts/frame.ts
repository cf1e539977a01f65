import { frame as en } from './en/frame.ts';
import { texts } from './use-texts.ts';
import { frame as zh } from './zh-CN/frame.ts';

export const frameTexts = texts(zh, en);
