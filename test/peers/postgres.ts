import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.ts';

/** Debian keeps each version's programs in a folder of its own, beside the path. */
function programs(): string | null {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return null;
  const newest = readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))[0];
  const bin = newest && join(versions, newest, 'bin');
  return bin && existsSync(join(bin, 'initdb')) ? bin : null;
}
const BIN = programs();

/** Why no PostgreSQL can run here; null when one can. */
export const noPostgres: string | null = BIN === null ? 'no PostgreSQL: apt-get install postgresql' : null;

/** initdb and the server refuse root: Debian's package brings a user for them. */
const OWNER = { uid: 0, gid: 0 };
if (BIN !== null && process.getuid?.() === 0) {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString());
  Object.assign(OWNER, { uid: id('-u'), gid: id('-g') });
}

/** A throw-away PostgreSQL with one empty database; everything of it lies in a temporary folder. */
export class Postgres {
  readonly url: string;
  readonly #folder: string;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.url = `postgres://centre@127.0.0.1:${port}/postgres`;
  }

  static async open(): Promise<Postgres> {
    const [port] = await freePorts(1);
    const folder = mkdtempSync(join(tmpdir(), 'kaodian-postgres-'));
    if (process.getuid?.() === 0) chownSync(folder, OWNER.uid, OWNER.gid);
    const postgres = new Postgres(folder, port!);
    const data = join(folder, 'data');
    postgres.#run('initdb', ['-D', data, '-U', 'centre', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--no-locale']);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
    postgres.#run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-o', options, '-w', 'start']);
    return postgres;
  }

  remove(): void {
    this.#run('pg_ctl', ['-D', join(this.#folder, 'data'), '-m', 'immediate', '-w', 'stop']);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(program: string, args: string[]): void {
    const owner = process.getuid?.() === 0 ? OWNER : {};
    execFileSync(join(BIN!, program), args, { ...owner, cwd: this.#folder, stdio: 'ignore' });
  }
}
