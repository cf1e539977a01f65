import { X509Certificate } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StationCardQuestion } from '../features/archive/claims/station-card.ts';
import { reportHtml } from '../features/archive/report-html.ts';
import { reportText } from '../features/archive/report-text.ts';
import { verifyBundle } from '../features/archive/verify-bundle.ts';
import { RECEIPT_NAMESPACE, readReceipt } from '../features/delivery/receipt.ts';
import { stationCards } from '../features/keys/documents.ts';
import { MAX_TOKEN_BYTES } from '../features/timestamp/token.ts';
import { parseAllowedSigners } from '../lib/ssh-key-text.ts';
import { type Run, readKeyFile, readTextFile, UsageError } from './command.ts';
import { contentClaims } from './content-claims.ts';
import { EXIT } from './exit-code.ts';

/** `kaodian verify`: prints the report (text, or JSON), and writes it as a page when asked. */
export const run: Run = async (args, { stdout }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true },
      'allowed-signers': { type: 'string' },
      previous: { type: 'string' },
      checkpoint: { type: 'string', multiple: true },
      receipt: { type: 'string' },
      'station-card': { type: 'string' },
      timestamp: { type: 'string' },
      'tsa-ca': { type: 'string' },
      json: { type: 'boolean' },
      html: { type: 'string' },
    },
  });
  const [dir, ...also] = positionals;
  if (dir === undefined) throw new UsageError('要一个封存包目录 a bundle directory is needed');
  const signers = values['allowed-signers'];
  const card = values['station-card'];
  const stamp = await stampBeside(dir, values.timestamp);
  const authorities = values['tsa-ca'] === undefined ? [] : certificatesIn(await readTextFile(values['tsa-ca']));
  const allowedSigners = signers === undefined ? undefined : await readTextFile(signers);
  const identity = (await Promise.all((values.key ?? []).map(readKeyFile))).flat();
  const options = {
    contentClaims,
    also,
    ...(identity.length > 0 && { identity }),
    ...(allowedSigners !== undefined && { allowedSigners }),
    ...(values.checkpoint && { retainedCheckpoints: await Promise.all(values.checkpoint.map(readTextFile)) }),
    ...(values.receipt !== undefined && { receipt: await givenReceipt(values.receipt) }),
    ...(stamp && { timestamp: { response: stamp, authorities } }),
    ...(card !== undefined && { stationCard: await givenCard(card, allowedSigners) }),
    ...(values.previous !== undefined && { previous: values.previous }),
  };
  const report = await verifyBundle(dir, options).catch((cause: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(cause.code ?? '')) throw cause;
    throw new UsageError(`打不开目录 cannot open the directory: ${cause.path ?? dir}`);
  });
  if (values.html !== undefined) {
    await writeFile(values.html, reportHtml(report)).catch(() => {
      throw new UsageError(`写不了文件 cannot write: ${values.html}`);
    });
  }
  stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  return report.counts.fail === 0 ? EXIT.good : EXIT.failed;
};

/** The receipt and, beside it, its signature under the name ssh-keygen gives it. */
const givenReceipt = async (file: string) => ({
  signed: { text: await readTextFile(file), signature: await readTextFile(`${file}.sig`) },
  namespace: RECEIPT_NAMESPACE,
  read: (signed: { text: string; signature: string }) => {
    const read = readReceipt(signed);
    return read.ok ? { ...read.value.receipt, publicKey: read.value.publicKey } : undefined;
  },
});

/**
 * The centre's card of the station and, beside it, its signature. It counts where the list from outside lets its key sign cards.
 *
 * @throws UsageError when it is no card, or its signature fails
 */
async function givenCard(file: string, allowedSigners: string | undefined): Promise<StationCardQuestion> {
  const read = stationCards.read({ text: await readTextFile(file), signature: await readTextFile(`${file}.sig`) });
  if (!read.ok) throw new UsageError(`不是考点名片，或签名不符 not a signed station card: ${file}`);
  const { stationId, keys, centre } = read.value.document;
  const signers = allowedSigners === undefined ? undefined : parseAllowedSigners(allowedSigners);
  const vouched =
    signers?.ok === true &&
    signers.value.some(
      (s) => s.namespaces?.includes(stationCards.namespace) && s.publicKey.equals(read.value.publicKey),
    );
  return { stationId, spans: keys, vouchedBy: vouched ? centre : null };
}

/** The stamp that was named, or the one that lies beside the bundle under its name. @throws UsageError when a named one cannot be read */
async function stampBeside(dir: string, named: string | undefined): Promise<Buffer | undefined> {
  const file = named ?? `${resolve(dir)}.tsr`;
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() && found.size <= MAX_TOKEN_BYTES) return readFile(file);
  if (named !== undefined) throw new UsageError(`读不了时间戳 cannot read the time stamp: ${named}`);
  return undefined;
}

/** @throws UsageError */
function certificatesIn(text: string): X509Certificate[] {
  try {
    return (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (pem) => new X509Certificate(pem),
    );
  } catch {
    throw new UsageError('不是 PEM 证书 not certificates in PEM: --tsa-ca');
  }
}
