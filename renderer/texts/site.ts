import { site as en } from './en/site.ts';
import { texts } from './use-texts.ts';
import { site as zh } from './zh-CN/site.ts';

export const siteTexts = texts(zh, en);
