import { keys as en } from './en/keys.ts';
import { texts } from './use-texts.ts';
import { keys as zh } from './zh-CN/keys.ts';

export const keysTexts = texts(zh, en);
