import { signIn as en } from './en/sign-in.ts';
import { texts } from './use-texts.ts';
import { signIn as zh } from './zh-CN/sign-in.ts';

export const signInTexts = texts(zh, en);
