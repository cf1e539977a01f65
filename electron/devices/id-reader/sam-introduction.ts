import { err, ok, type Result } from '../../lib/result.ts';
import { COMMANDS, type Command, samIdText } from './sam-commands.ts';
import type { ExchangeFault, SamLine } from './sam-line.ts';
import { actionFor, STATUS } from './sam-status.ts';

export type NotIntroduced =
  | { readonly code: 'out-of-service'; readonly status: number }
  | { readonly code: 'fault'; readonly command: Command; readonly fault: ExchangeFault };

/**
 * First words with a module: its self test and its name. A failed self test gets one reset and a second chance. After a
 * reset the radio frame size is set as makers' software sets it; modules that do not know that command say so, and go on.
 *
 * @param replyTimeoutMs  shorter than usual where the line's speed is only being tried
 */
export async function introduce(
  line: SamLine,
  replyTimeoutMs: number,
): Promise<Result<{ samId: string | null }, NotIntroduced>> {
  const ask = async (command: Command) => {
    const answer = await line.ask(command, replyTimeoutMs);
    return answer.ok ? answer : err({ code: 'fault' as const, command, fault: answer.error });
  };
  let test = await ask(COMMANDS.samStatus);
  if (test.ok && test.value.status === STATUS.selfTestFailed) {
    for (const command of [COMMANDS.resetSam, COMMANDS.setMaxRfFrame]) {
      const done = await ask(command);
      if (!done.ok) return done;
    }
    test = await ask(COMMANDS.samStatus);
  }
  if (!test.ok) return test;
  if (actionFor(test.value.status) === 'out-of-service') {
    return err({ code: 'out-of-service', status: test.value.status });
  }
  const name = await ask(COMMANDS.samId);
  if (!name.ok) return name;
  return ok({ samId: name.value.status === STATUS.ok ? samIdText(name.value.data) : null });
}
