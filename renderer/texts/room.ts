import { room as en } from './en/room.ts';
import { texts } from './use-texts.ts';
import { room as zh } from './zh-CN/room.ts';

export const roomTexts = texts(zh, en);
