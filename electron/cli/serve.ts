import type { Run } from './command.ts';

/** `kaodian serve`: the served shell, for where it cannot be started by its own file. Ends by itself. */
export const run: Run = async (args) => {
  process.argv = [process.argv[0] ?? '', 'serve', ...args];
  await import('../serve.ts');
  return new Promise<never>(() => {});
};
