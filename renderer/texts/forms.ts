import { forms as en } from './en/forms.ts';
import { texts } from './use-texts.ts';
import { forms as zh } from './zh-CN/forms.ts';

export const formsTexts = texts(zh, en);
