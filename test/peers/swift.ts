import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ObjectStore } from '../../electron/lib/object-store.ts';
import { freePorts } from './free-ports.ts';

const ROOT = resolve('node_modules/.cache/kaodian-swift');
const BUCKET = 'bundles';

/** Why Swift cannot run here; null when it can. */
export const noSwift: string | null =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'Swift needs root on Linux, for a folder of its own'
    : existsSync(join(ROOT, 'made'))
      ? null
      : 'no Swift: make it with test/peers/swift/build-swift.sh node_modules/.cache/kaodian-swift';

/** A running OpenStack Swift with its S3 interface and one empty bucket; it can be killed and started again over what it kept. */
export class Swift {
  readonly store: ObjectStore;
  readonly #data = mkdtempSync(join(tmpdir(), 'kaodian-swift-'));
  readonly #ports: number[];
  #process: ChildProcess | undefined;

  private constructor(ports: number[]) {
    this.#ports = ports;
    this.store = {
      endpoint: `http://127.0.0.1:${ports[0]}`,
      region: 'us-east-1',
      bucket: BUCKET,
      accessKeyId: 'test:station',
      secretAccessKey: 'specimen-secret',
    };
  }

  static async open(): Promise<Swift> {
    const swift = new Swift(await freePorts(4));
    await swift.start();
    const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
    const { clientConfigOf } = await import('../../electron/lib/object-store.ts');
    const client = new S3Client(clientConfigOf(swift.store));
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    client.destroy();
    return swift;
  }

  async start(): Promise<void> {
    // In a world of mounts and processes of its own, which ends with it.
    const world = ['--mount', '--pid', '--fork', '--kill-child', `--mount-proc=${ROOT}/proc`];
    const inside =
      'mount --bind "$1" "$2/srv/kaodian" && shift && root=$1 && shift && exec chroot "$root" python3 - "$@"';
    const args = ['sh', '-c', inside, 'sh', this.#data, ROOT, this.store.secretAccessKey, ...this.#ports.map(String)];
    const script = openSync(new URL('./swift/serve-swift.py', import.meta.url), 'r');
    this.#process = spawn('unshare', [...world, ...args], { stdio: [script, 'pipe', 'ignore'] });
    const [said] = await Promise.race([once(this.#process.stdout!, 'data'), once(this.#process, 'exit')]);
    if (!String(said).includes('ready')) throw new Error(`Swift did not start: ${said}`);
  }

  /** As a machine that loses its power, but for what the disk had not written. */
  async kill(): Promise<void> {
    const ended = this.#process && once(this.#process, 'exit');
    this.#process?.kill('SIGKILL');
    await ended;
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
