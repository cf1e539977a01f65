import { doorBoard as en } from './en/door-board.ts';
import { texts } from './use-texts.ts';
import { doorBoard as zh } from './zh-CN/door-board.ts';

export const doorBoardTexts = texts(zh, en);
