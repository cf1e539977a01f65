import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { centreRecipients, rotateRecipient, setNextRecipient } from '../centre/centre-recipients.ts';
import { openCentreStore } from '../centre/centre-store.ts';
import {
  type KeyDeps,
  replaceKey,
  revokeKey,
  signStationCard,
  spansOf,
  type TwoPersons,
  takeRotation,
} from '../centre/station-keys.ts';
import { chinaTime } from '../features/archive/bag-info.ts';
import { printable } from '../features/archive/claims/claim.ts';
import type { SignedText } from '../features/keys/signed-document.ts';
import { systemClock } from '../lib/clock.ts';
import { minisignPublicKey } from '../lib/minisign.ts';
import { parseOpensshPrivateKey } from '../lib/openssh-private-key.ts';
import type { Result } from '../lib/result.ts';
import { publicKeyOfLine, sshFingerprint, sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import { parseRecipient } from '../vault/age/age.ts';
import { type Run, readTextFile, type Terminal, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';
import { readCardFile } from './station-card-file.ts';

const OPTIONS = {
  data: { type: 'string' },
  key: { type: 'string' },
  name: { type: 'string', default: '鉴定中心' },
  database: { type: 'string' },
  out: { type: 'string' },
  by: { type: 'string', default: '' },
  second: { type: 'string', default: '' },
  size: { type: 'string' },
  why: { type: 'string', default: '' },
  lost: { type: 'string' },
  next: { type: 'string' },
  rotate: { type: 'boolean', default: false },
  minisign: { type: 'boolean', default: false },
} as const;

const REFUSALS: Record<string, string> = {
  STATION_UNKNOWN: '没有登记这个考点 this station is not enrolled',
  MALFORMED: '文件不合格式 the file is malformed',
  NOT_SIGNED: '签名不符 the signature fails',
  ROTATION_OTHER_KEY: '不是现用密钥签的 not signed by the key in use',
  ROTATION_BEHIND: '与中心见过的日志不符，可能有人用旧密钥签字 it contradicts the journal that the centre has seen',
  NO_KEY_IN_USE: '现在没有可吊销的密钥 there is no key in use',
  BEHIND_RECEIPT: '不能早于已签收的封存包 not before a bundle that has a receipt',
  KEY_STILL_IN_USE: '旧密钥还有效，请先吊销 the old key still counts: revoke it first',
  KEY_KNOWN: '这把密钥以前用过 this key was used before',
  RECIPIENT_KNOWN: '这把公钥已经登记过 this recipient is known already',
  NO_NEXT_RECIPIENT: '还没有登记下一把 no next recipient is set',
};

/** `kaodian keys`: what the centre does about keys of its stations and about its own recipient. Every act names two persons. */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [what, subject, ...more] = positionals;
  if (!values.data || !values.key) throw new UsageError('要 --data DIR 和 --key KEYFILE --data and --key are needed');
  if (more.length > 0) throw new UsageError('多余的参数 too many arguments');
  const key = parseOpensshPrivateKey(await readTextFile(values.key));
  if (!key.ok) throw new UsageError(`不是 OpenSSH Ed25519 私钥 not an OpenSSH Ed25519 private key: ${values.key}`);
  await mkdir(values.data, { recursive: true });
  const db = await openCentreStore(values.data, values.database);
  const deps: KeyDeps = { db, clock: systemClock, name: values.name, receiptKey: key.value };
  const say = (line: string) => void terminal.stdout.write(`${printable(line)}\n`);
  const station = (): string => {
    if (subject === undefined) throw new UsageError('要考点编号 a station is needed');
    return subject;
  };
  const out = (): string => {
    if (values.out === undefined) throw new UsageError('要 --out DIR --out is needed');
    return values.out;
  };
  try {
    switch (what) {
      case 'list': {
        const spans = await spansOf(db, station());
        for (const { signingKey, journal, fromSize, untilSize, ended } of spans) {
          const publicKey = publicKeyOfLine(signingKey)!;
          const name = values.minisign ? minisignPublicKey(publicKey) : sshFingerprint(publicKey);
          say(`${name} ${journal}:${fromSize}-${untilSize ?? ''} ${ended ?? '现用 in use'}`);
        }
        return spans.length > 0 ? EXIT.good : EXIT.failed;
      }
      case 'card':
        return await save(await signStationCard(deps, station()), out(), `station-card-${station()}.json`, terminal);
      case 'rotate': {
        const file = station();
        const signed = { text: await readTextFile(file), signature: await readTextFile(`${file}.sig`) };
        return told(await takeRotation(deps, signed), terminal, '已轮换 the new key is in use');
      }
      case 'revoke': {
        if (values.why === '') throw new UsageError('要 --why 原因 a reason is needed');
        const revoked = await revokeKey(deps, station(), sizeOf(values.size), { ...persons(values), why: values.why });
        const border = revoked.ok ? ` ${revoked.value.untilSize}` : '';
        return told(revoked, terminal, `已吊销，日志条数到此有效 revoked; good up to so many entries:${border}`);
      }
      case 'replace': {
        const { lost } = values;
        if (lost !== 'passphrase' && lost !== 'machine') throw new UsageError('--lost passphrase | machine');
        const card = await readCardFile(station());
        const signingKey = sshPublicKeyLine(publicKeyOfLine(card.signingKey)!);
        const order = await replaceKey(deps, { stationId: card.stationId, signingKey }, lost, persons(values));
        return await save(order, out(), 'replacement.json', terminal);
      }
      case 'recipient': {
        if (values.next !== undefined) {
          if (!parseRecipient(values.next)) throw new UsageError('不是 age1… 公钥 not an age1... recipient');
          const set = await setNextRecipient(deps, values.next, persons(values));
          if (!set.ok) return told(set, terminal, '');
        }
        if (values.rotate) {
          const rotated = await rotateRecipient(deps, persons(values));
          if (!rotated.ok) return told(rotated, terminal, '');
        }
        const { current, next, sinceMs } = await centreRecipients(deps);
        say(`现用 current: ${current ?? '—'}${sinceMs === null ? '' : ` ${chinaTime(sinceMs)}`}`);
        say(`下一把 next: ${next ?? '—'}`);
        return EXIT.good;
      }
      default:
        throw new UsageError('keys list | card | rotate | revoke | replace | recipient');
    }
  } finally {
    await db.destroy();
  }
};

function persons({ by, second }: { by: string; second: string }): TwoPersons {
  if (by === '' || second === '' || by === second) {
    throw new UsageError('要两个人：--by 和 --second two persons are needed: --by and --second');
  }
  return { by, second };
}

function sizeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) throw new UsageError('--size 是日志条数 --size is a number of entries');
  return Number(text);
}

function told(result: Result<unknown, { code: string }>, { stdout, stderr }: Terminal, done: string): number {
  if (result.ok) stdout.write(`${done}\n`);
  else stderr.write(`✕ ${REFUSALS[result.error.code]} (${result.error.code})\n`);
  return result.ok ? EXIT.good : EXIT.failed;
}

/** Writes a signed text under its name, and its signature under the name ssh-keygen gives it. */
async function save(
  signed: Result<SignedText, { code: string }>,
  folder: string,
  name: string,
  terminal: Terminal,
): Promise<number> {
  if (!signed.ok) return told(signed, terminal, '');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), signed.value.text);
  await writeFile(join(folder, `${name}.sig`), signed.value.signature);
  return told(signed, terminal, `已签发 signed: ${printable(join(folder, name))}`);
}
