import { scores as en } from './en/scores.ts';
import { texts } from './use-texts.ts';
import { scores as zh } from './zh-CN/scores.ts';

export const scoresTexts = texts(zh, en);
