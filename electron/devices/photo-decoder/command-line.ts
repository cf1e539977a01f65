import { posix, win32 } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';

/** What in a command line stands for the file with the card's photo, and for the file the decoder is to write. */
export const INPUT_FILE = '{wlt}';
export const OUTPUT_FILE = '{picture}';

export interface DecoderCommand {
  readonly file: string;
  /** As typed, with `{wlt}` and `{picture}` still in them. */
  readonly args: readonly string[];
}

export type CommandFault = 'empty' | 'unclosed-quote' | 'not-absolute';

/**
 * Splits a command line into program and arguments: by spaces, double quotes keep spaces together, nothing else means
 * anything, backslashes least of all (they are Windows' path separators). No shell ever sees it. The program is named by
 * its whole path, so that nobody's search path decides what runs.
 */
export function parseDecoderCommand(line: string): Result<DecoderCommand, CommandFault> {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && /\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + letter;
  }
  if (quoted) return err('unclosed-quote');
  if (word !== null) words.push(word);
  const [file, ...args] = words;
  if (file === undefined || file === '') return err('empty');
  return posix.isAbsolute(file) || win32.isAbsolute(file) ? ok({ file, args }) : err('not-absolute');
}
