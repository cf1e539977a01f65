import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import type { LiveCentreOptions } from '../centre-live/live-centre.ts';
import { openMediasoupRouter } from '../centre-live/mediasoup-router.ts';
import { serveLiveCentre } from '../centre-live/serve-live.ts';
import { projectPaths } from '../desktop/project-paths.ts';
import { stationProof } from '../features/supervision/protocol.ts';
import { parseOpensshPrivateKey } from '../lib/openssh-private-key.ts';
import { isAllowedSigner, parseAllowedSigners } from '../lib/ssh-key-text.ts';
import { type Run, readTextFile, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

/** `kaodian centre-live`: the live part of the reference centre, with a wall of rooms in a browser. */
export const run: Run = async (args, { stdout, stderr }) => {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      name: { type: 'string', default: '鉴定中心' },
      stations: { type: 'string' },
      'any-station': { type: 'boolean', default: false },
      key: { type: 'string' },
      'media-ip': { type: 'string', default: ownAddress() },
      announce: { type: 'string' },
      'media-ports': { type: 'string', default: '40000-40199' },
    },
  });
  const ports = /^(\d{4,5})-(\d{4,5})$/.exec(values['media-ports']);
  if (ports === null) throw new UsageError('端口写成 40000-40199 ports are written as 40000-40199');
  const { announce } = values;
  const mayCome = await stationsOf(values.stations, values['any-station']);
  const signing = values.key === undefined ? null : await readKey(values.key);
  const router = await openMediasoupRouter({
    listen: [{ ip: values['media-ip'], ...(announce !== undefined && { announce }) }],
    ports: { min: Number(ports[1]), max: Number(ports[2]) },
  });
  if (!router.ok) {
    stderr.write(`${noRouter[router.error.code]}\n`);
    return EXIT.failed;
  }
  const served = await serveLiveCentre({
    host: values.host,
    port: Number(values.port),
    rendererDir: projectPaths(import.meta.dirname).rendererDir,
    name: values.name,
    signing,
    mayCome,
    wallKey: randomBytes(16).toString('hex'),
    router: router.value,
  });
  stdout.write(`${JSON.stringify({ wall: served.wallAddress, station: served.stationAddress })}\n`);
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  await once(ended.signal, 'abort');
  await served.close();
  return EXIT.good;
};

/** This machine's first address on a network: browsers send no media to the loopback. */
const ownAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

const noRouter = {
  NO_MEDIASOUP: '没有安装 mediasoup：npm install mediasoup@3.19.3 mediasoup is not installed',
  NO_WORKER:
    'mediasoup 缺转发程序：用 test/peers/mediasoup/build-worker.sh 编译，或设 MEDIASOUP_WORKER_BIN the mediasoup worker is missing: build it, or name it by MEDIASOUP_WORKER_BIN',
} as const;

async function readKey(file: string): Promise<NonNullable<LiveCentreOptions['signing']>> {
  const key = parseOpensshPrivateKey(await readTextFile(file));
  if (!key.ok) throw new UsageError(`不是可用的 Ed25519 私钥 not a usable Ed25519 private key: ${file}`);
  return key.value;
}

/** Stations are known by an allowed_signers file: their id, and the key on their card. */
async function stationsOf(file: string | undefined, any: boolean): Promise<LiveCentreOptions['mayCome']> {
  if (any) return () => true;
  if (file === undefined) {
    throw new UsageError(
      '要 --stations 文件，试用可加 --any-station give --stations FILE, or --any-station for a trial',
    );
  }
  const signers = parseAllowedSigners(await readTextFile(file));
  if (!signers.ok)
    throw new UsageError(`${file} 第 ${signers.error.line} 行看不懂 line ${signers.error.line} is not understood`);
  return (identity, publicKey) => isAllowedSigner(signers.value, { identity, namespace: stationProof, publicKey });
}
