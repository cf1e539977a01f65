import { journal as en } from './en/journal.ts';
import { texts } from './use-texts.ts';
import { journal as zh } from './zh-CN/journal.ts';

export const journalTexts = texts(zh, en);
