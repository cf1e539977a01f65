import { rehearsal as en } from './en/rehearsal.ts';
import { texts } from './use-texts.ts';
import { rehearsal as zh } from './zh-CN/rehearsal.ts';

export const rehearsalTexts = texts(zh, en);
