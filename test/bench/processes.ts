import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Why a figure of another process cannot be had here, or null. Sizes and peaks are read from Linux's /proc. */
export const noProc = (): string | null =>
  existsSync('/proc/self/status') ? null : 'there is no /proc on this system';

const field = (pid: number, name: string): number => {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error(`process ${pid} has no ${name}`);
  return (Number(line[1]) * 1024) / 1e6;
};

/** Resident memory now, in MB (of 10^6 bytes). */
export const residentMb = (pid: number): number => field(pid, 'VmRSS');
/** The most it has been since the start or the last `forgetPeak`, in MB. */
export const peakMb = (pid: number): number => field(pid, 'VmHWM');
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Process ids of those that a process has started and that still run. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

/**
 * Resident memory now of a process and of all that it has started, in MB. What they map of the same file, such as the program's own
 * text, is counted once: by the one that has most of it resident. What other programs on the machine share takes nothing off, as it
 * would from the proportional set size.
 */
export function familyMb(pid: number): number {
  const files = new Map<string, number>();
  let ownKb = 0;
  for (const one of [pid, ...childrenOf(pid)]) {
    const mapped = residentKbByFile(one);
    ownKb += mapped.get('') ?? 0;
    for (const [file, kb] of mapped) if (file !== '') files.set(file, Math.max(kb, files.get(file) ?? 0));
  }
  return ((ownKb + [...files.values()].reduce((sum, kb) => sum + kb, 0)) * 1024) / 1e6;
}

/** By the path of the file that is mapped; under '' what is no file's. Source: proc_pid_smaps(5). */
function residentKbByFile(pid: number): Map<string, number> {
  const found = new Map<string, number>();
  let file = '';
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const head = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ (\d+)\s*(.*)$/.exec(line);
    if (head) file = head[1] === '0' ? '' : head[2]!;
    const resident = /^Rss:\s+(\d+) kB$/.exec(line);
    if (resident) found.set(file, (found.get(file) ?? 0) + Number(resident[1]));
  }
  return found;
}

/** Processor seconds of a process so far, user and system; to a hundredth. Source: proc_pid_stat(5). */
export function usedSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(afterName[11]) + Number(afterName[12])) / 100;
}

export const hasCommand = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;

/** Runs a command to its end. @throws Error with its error output when it fails */
export async function run(file: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(file, [...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;
}

/** Processor seconds, user and system, of one command whose output goes nowhere, by the shell's own `time`. @throws Error when it fails */
export async function cpuSeconds(command: readonly string[]): Promise<number> {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = await promisify(execFile)('bash', ['-c', script, 'bash', ...command]);
  const [user, system] = stderr.trim().split(' ').map(Number);
  return user! + system!;
}
