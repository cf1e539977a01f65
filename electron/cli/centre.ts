import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Centre, openCentre } from '../centre/centre.ts';
import { printable } from '../features/archive/claims/claim.ts';
import { systemClock } from '../lib/clock.ts';
import { parseOpensshPrivateKey } from '../lib/openssh-private-key.ts';
import { centreStores, STORE_OPTIONS } from './centre-stores.ts';
import { type Run, readKeyFile, readTextFile, type Terminal, UsageError } from './command.ts';
import { contentClaims } from './content-claims.ts';
import { EXIT } from './exit-code.ts';
import { readCardFile } from './station-card-file.ts';

const OPTIONS = {
  data: { type: 'string' },
  key: { type: 'string' },
  name: { type: 'string', default: '鉴定中心' },
  identity: { type: 'string', multiple: true, default: [] as string[] },
  ...STORE_OPTIONS,
  rehearsal: { type: 'boolean', default: false },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8700' },
  station: { type: 'string' },
  out: { type: 'string' },
} as const;

/** `kaodian centre`: the reference centre, and what is done at its desk. */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [what, ...rest] = positionals;
  if (!values.data || !values.key) throw new UsageError('要 --data DIR 和 --key KEYFILE --data and --key are needed');
  const key = parseOpensshPrivateKey(await readTextFile(values.key));
  if (!key.ok) throw new UsageError(`不是 OpenSSH Ed25519 私钥 not an OpenSSH Ed25519 private key: ${values.key}`);
  const centre = await openCentre({
    dataDir: values.data,
    name: values.name,
    receiptKey: key.value,
    identities: (await Promise.all(values.identity.map(readKeyFile))).flat(),
    contentClaims,
    clock: systemClock,
    rehearsal: values.rehearsal,
    ...centreStores(values, process.env),
  });
  try {
    switch (what) {
      case 'serve':
        return await serve(centre, values, terminal);
      case 'enrol':
        return await enrol(centre, rest, terminal);
      case 'expect':
        if (!values.station || rest.length === 0)
          throw new UsageError('要 --station ID 和场次 a station and its sessions are needed');
        await centre.expect(values.station, rest);
        terminal.stdout.write(`已登记 ${rest.length} 场 sessions expected of ${printable(values.station)}\n`);
        return EXIT.good;
      case 'receive':
        return await receive(centre, rest, values.out, terminal);
      default:
        throw new UsageError('centre serve | enrol CARD | expect --station ID SESSION... | receive DIR --out DIR');
    }
  } finally {
    await centre.close();
  }
};

async function enrol(centre: Centre, [file, ...more]: string[], { stdout, stderr }: Terminal): Promise<number> {
  if (file === undefined || more.length > 0) throw new UsageError('要一个考点名片文件 one station-card.json is needed');
  const card = await readCardFile(file);
  const enrolled = await centre.enrol(card);
  if (!enrolled.ok) {
    stderr.write(
      '这个考点已用别的密钥登记：先电话核对指纹 enrolled with another key: compare the fingerprints first\n',
    );
    return EXIT.failed;
  }
  stdout.write(`已登记考点 station enrolled: ${printable(card.stationId)} ${printable(card.siteName)}\n`);
  return EXIT.good;
}

async function receive(
  centre: Centre,
  [dir, ...more]: string[],
  out: string | undefined,
  { stdout, stderr }: Terminal,
): Promise<number> {
  if (dir === undefined || more.length > 0 || out === undefined)
    throw new UsageError('要封存包目录和 --out DIR a bundle and --out are needed');
  const taken = await centre.receiveFolder(dir, (from, to) => cp(from, to, { recursive: true, errorOnExist: true }));
  if (!taken.ok) {
    for (const reason of taken.error) stderr.write(`✕ ${printable(JSON.stringify(reason))}\n`);
    return EXIT.failed;
  }
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'receipt.json'), taken.value.text);
  await writeFile(join(out, 'receipt.json.sig'), taken.value.signature);
  stdout.write(`已签收，回执写在 accepted, the receipt is in: ${printable(out)}\n`);
  return EXIT.good;
}

async function serve(
  centre: Centre,
  { host, port }: { host: string; port: string },
  { stdout }: Terminal,
): Promise<number> {
  const server = createServer((request, response) => {
    centre.handle(request, response).catch((cause: unknown) => {
      console.error('a request failed:', cause);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(Number(port), host, () => {
    const at = server.address();
    const where = typeof at === 'object' && at ? `http://${host}:${at.port}` : host;
    stdout.write(`鉴定中心在收 the centre listens: ${where}\n`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  await promise.catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`端口用不了 the port cannot be used: ${cause.code ?? ''}`);
  });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return EXIT.good;
}
