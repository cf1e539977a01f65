import { examiner as en } from './en/examiner.ts';
import { texts } from './use-texts.ts';
import { examiner as zh } from './zh-CN/examiner.ts';

export const examinerTexts = texts(zh, en);
