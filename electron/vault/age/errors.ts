export type AgeError =
  | { code: 'NOT_AGE' }
  /** An armoured (text) age file: `age -d` reads it, this reader takes the binary form alone. */
  | { code: 'ARMORED' }
  | { code: 'BAD_HEADER'; reason: string }
  /** None of the identities given can open the file. */
  | { code: 'NO_MATCH' }
  | { code: 'BAD_IDENTITY' }
  /** The file ends early. `chunk` counts the 64 KiB pieces from 0. A damaged short last piece cannot be told from a cut. */
  | { code: 'TRUNCATED'; chunk: number }
  | { code: 'DAMAGED'; chunk: number };
