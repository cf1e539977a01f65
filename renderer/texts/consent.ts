import { consent as en } from './en/consent.ts';
import { texts } from './use-texts.ts';
import { consent as zh } from './zh-CN/consent.ts';

export const consentTexts = texts(zh, en);
