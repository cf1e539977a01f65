import { presence as en } from './en/presence.ts';
import { texts } from './use-texts.ts';
import { presence as zh } from './zh-CN/presence.ts';

export const presenceTexts = texts(zh, en);
