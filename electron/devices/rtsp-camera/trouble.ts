import type { RtspTrouble } from './port.ts';

/**
 * What ffmpeg's error output says, in one word. The text itself goes nowhere: ffmpeg repeats the address with user and
 * password in it.
 */
export function troubleOf(said: string): RtspTrouble | null {
  if (/401 Unauthorized|403 Forbidden|authorization failed/i.test(said)) return 'unauthorized';
  if (/404 Not Found|Stream not found|454 Session/i.test(said)) return 'not-found';
  if (
    /refused|unreachable|timed out|timeout|No route|Name or service|Temporary failure|resolve|Input\/output error/i.test(
      said,
    )
  ) {
    return 'unreachable';
  }
  if (/Invalid data|could not find codec|matches no streams|Unsupported|not currently supported/i.test(said)) {
    return 'bad-stream';
  }
  return null;
}
