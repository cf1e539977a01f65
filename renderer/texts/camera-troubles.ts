import { cameraTroubles as en } from './en/camera-troubles.ts';
import { texts } from './use-texts.ts';
import { cameraTroubles as zh } from './zh-CN/camera-troubles.ts';

export const cameraTroublesTexts = texts(zh, en);
