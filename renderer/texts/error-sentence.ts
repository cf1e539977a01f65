import { ORPCError } from '@orpc/client';
import type { AnySchema, InferSchemaOutput } from '@orpc/contract';
import type { contract } from '../../electron/contract/index.ts';
import { errors as en } from './en/errors.ts';
import { type Language, useLanguage } from './language.tsx';
import { errors as zh } from './zh-CN/errors.ts';

type ErrorMapsOf<T> = T extends { '~orpc': { errorMap: infer M } }
  ? M
  : T extends object
    ? { [K in keyof T]: ErrorMapsOf<T[K]> }[keyof T]
    : never;
type KeysOfUnion<U> = U extends unknown ? keyof U & string : never;
type DataIn<U, C extends string> = U extends { [K in C]: infer E }
  ? E extends { data: infer S extends AnySchema }
    ? InferSchemaOutput<S>
    : undefined
  : never;

type ErrorMaps = ErrorMapsOf<typeof contract>;
/** Every code with which a procedure of the contract may refuse. */
export type ErrorCode = KeysOfUnion<ErrorMaps>;
/** One sentence for every code: what happened and what to do now. `data` is what comes with the code. */
export type ErrorSentences = { [C in ErrorCode]: (data: DataIn<ErrorMaps, C>) => string } & {
  /** Answers of the guard and the transport. */
  signedOut: string;
  wrongRole: string;
  outcomeUnknown: string;
};

export const errorTexts: Record<Language, ErrorSentences> = { 'zh-CN': zh, en };

/** The sentence for whatever a call threw. A code this window does not know yet counts as an unknown outcome. */
export function errorSentence(sentences: ErrorSentences, error: unknown): string {
  if (error instanceof ORPCError) {
    if (error.defined && Object.hasOwn(sentences, error.code)) {
      return (sentences[error.code as ErrorCode] as (data: unknown) => string)(error.data);
    }
    if (error.code === 'UNAUTHORIZED') return sentences.signedOut;
    if (error.code === 'FORBIDDEN') return sentences.wrongRole;
  }
  return sentences.outcomeUnknown;
}

/** The sentence, in the window's language, for a code that came as part of an answer and not as an error. */
export function useCodeSentence(): (code: ErrorCode, data: unknown) => string {
  const { language } = useLanguage();
  return (code, data) => (errorTexts[language][code] as (data: unknown) => string)(data);
}

/** `errorSentence` in the window's language. */
export function useErrorSentence(): (error: unknown) => string {
  const { language } = useLanguage();
  return (error) => errorSentence(errorTexts[language], error);
}
