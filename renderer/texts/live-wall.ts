import { liveWall as en } from './en/live-wall.ts';
import { texts } from './use-texts.ts';
import { liveWall as zh } from './zh-CN/live-wall.ts';

export const liveWallTexts = texts(zh, en);
