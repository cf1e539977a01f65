import { timeline as en } from './en/timeline.ts';
import { texts } from './use-texts.ts';
import { timeline as zh } from './zh-CN/timeline.ts';

export const timelineTexts = texts(zh, en);
