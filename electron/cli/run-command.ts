import { printable } from '../features/archive/claims/claim.ts';
import { type Terminal, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { EXIT } from './exit-code.ts';

function helpText(): string {
  const lines = ['考点站命令 Kaodian Station commands', ''];
  for (const { usage, summary } of commands.values()) {
    lines.push(...usage.map((line) => `  kaodian ${line}`), `      ${summary.zh}`, `      ${summary.en}`);
  }
  lines.push(
    '',
    `退出码 Exit codes: ${EXIT.good} 成功，没有不通过的 done, nothing failed · ${EXIT.failed} 有不通过或打不开的 something failed · ${EXIT.usage} 用法不对 usage`,
    '从源码运行 From a clone: npm run -s kaodian -- verify DIR',
  );
  return `${lines.join('\n')}\n`;
}

const isArgumentError = (cause: unknown): cause is Error =>
  cause instanceof Error && String((cause as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');

/** Runs one command line and answers its exit code. @throws only on a defect */
export async function runCommand([name = 'help', ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const wantsHelp = ['help', '--help', '-h'];
  if (wantsHelp.includes(name)) {
    terminal.stdout.write(helpText());
    return EXIT.good;
  }
  const command = commands.get(name);
  const usage = (message: string): number => {
    const lines = command?.usage ?? ['help'];
    terminal.stderr.write(`${printable(message)}\n${lines.map((line) => `  kaodian ${line}\n`).join('')}`);
    return EXIT.usage;
  };
  if (!command) return usage(`没有这个命令 no such command: ${name}`);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    terminal.stdout.write(helpText());
    return EXIT.good;
  }
  const { run } = await command.load();
  try {
    return await run(args, terminal);
  } catch (cause) {
    if (cause instanceof UsageError || isArgumentError(cause)) return usage(cause.message);
    throw cause;
  }
}
