import { volumes as en } from './en/volumes.ts';
import { texts } from './use-texts.ts';
import { volumes as zh } from './zh-CN/volumes.ts';

export const volumesTexts = texts(zh, en);
