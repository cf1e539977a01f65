import { live as en } from './en/live.ts';
import { texts } from './use-texts.ts';
import { live as zh } from './zh-CN/live.ts';

export const liveTexts = texts(zh, en);
