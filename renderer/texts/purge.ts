import { purge as en } from './en/purge.ts';
import { texts } from './use-texts.ts';
import { purge as zh } from './zh-CN/purge.ts';

export const purgeTexts = texts(zh, en);
