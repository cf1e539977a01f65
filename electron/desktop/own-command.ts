import { join } from 'node:path';

/** A program and what stands before the arguments. */
export interface OwnCommand {
  file: string;
  args: readonly string[];
}

export interface Program {
  execPath: string;
  /** Electron's version, undefined in plain Node. */
  electron: string | undefined;
  /** Electron sets it where it was given the project's folder to run. */
  isUnpackaged: boolean;
  root: string;
  /** The running module lies in `electron/` as TypeScript and not in `out/main`. */
  fromSource: boolean;
}

/**
 * How this installation starts one of its own commands (`serve`, `rehearse`) as a process of its own. An installed
 * Electron app cannot be run as `node`, so its commands go through `--cli`.
 */
export function ownCommand(name: string, program: Program): OwnCommand {
  const { execPath, electron, isUnpackaged, root, fromSource } = program;
  if (electron !== undefined) return { file: execPath, args: [...(isUnpackaged ? [root] : []), '--cli', name] };
  return { file: execPath, args: [join(root, fromSource ? 'electron/cli.ts' : 'out/main/cli.js'), name] };
}

/** @param moduleFile  `import.meta.filename` of any module of the installation */
export const runningProgram = (root: string, moduleFile: string): Program => ({
  execPath: process.execPath,
  electron: process.versions.electron,
  isUnpackaged: 'defaultApp' in process,
  root,
  fromSource: moduleFile.endsWith('.ts'),
});
