import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAead, sodiumAead } from '../../../electron/vault/age/aead.ts';
import { encrypt, generateIdentity } from '../../../electron/vault/age/age.ts';
import { Decryptor } from '../../../electron/vault/age/decryptor.ts';
import { Encryptor } from '../../../electron/vault/age/encryptor.ts';
import { type Coder, piecesOf, pump, writeParts } from '../../../electron/vault/age/pump.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating } from '../measure.ts';
import { cpuSeconds, hasCommand, run } from '../processes.ts';
import { removeFolder, scratchFolder } from '../served-station.ts';

const ROUNDS = 5;
const MIB = 256;
/** Writing 256 MiB to a disk costs either program more than the cipher, and varies more. */
const NOWHERE = '/dev/null';

/**
 * The age format on 256 MiB, file to /dev/null, in megabytes per processor second; the peer is the age command in the same
 * rounds. Once on this runtime's own cipher, once on libsodium's WebAssembly, which Electron has to use.
 */
export const age: Benchmark = async (print) => {
  const aeads = { '': await chooseAead(), '-wasm': await sodiumAead() };
  const folder = scratchFolder();
  try {
    const { identity, recipient } = generateIdentity();
    const [plain, sealed, key] = ['plain', 'sealed.age', 'key'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const bytes = randomBytes(MIB * 1024 * 1024);
    writeFileSync(plain, bytes);
    writeFileSync(sealed, encrypt(bytes, [recipient]));
    writeFileSync(key, `${identity}\n`);
    const ways: Record<string, () => Promise<number>> = {};
    for (const [suffix, aead] of Object.entries(aeads)) {
      ways[`encrypt${suffix}`] = () => coding(plain, () => new Encryptor(aead, [recipient]));
      ways[`decrypt${suffix}`] = () => coding(sealed, () => new Decryptor(aead, [identity]));
    }
    const peer = hasCommand('age') ? `age ${(await run('age', ['--version'])).trim()}` : undefined;
    if (peer) {
      ways['peer-encrypt'] = async () => rate(await cpuSeconds(['age', '-r', recipient, plain]));
      ways['peer-decrypt'] = async () => rate(await cpuSeconds(['age', '-d', '-i', key, sealed]));
    }
    const found = await alternating(ROUNDS, ways);
    for (const suffix of ['', '-wasm'] as const) {
      for (const way of ['encrypt', 'decrypt'] as const) {
        const figure = found[`${way}${suffix}`]!;
        print({
          name: `age.${way}${suffix}`,
          value: rounded(figure),
          unit: 'MB/CPU-s',
          ...(peer && {
            goal: suffix === '' ? 'ratio >= 0.8' : 'ratio >= 0.15',
            ...against(figure, found[`peer-${way}`]!, 'MB/CPU-s', peer),
          }),
          note: `${MIB} MiB file to /dev/null; median of ${ROUNDS}; ${peer ? 'a ratio above 1 is faster than the peer' : 'no age command to compare with'}`,
        });
      }
    }
  } finally {
    removeFolder(folder);
  }
};

const rate = (seconds: number) => (MIB * 1.048576) / seconds;

async function coding(from: string, coder: () => Coder): Promise<number> {
  const before = process.cpuUsage();
  const [input, out] = [openSync(from, 'r'), openSync(NOWHERE, 'w')];
  const error = await pump(piecesOf(input), coder(), (parts) => writeParts(out, parts));
  for (const fd of [input, out]) closeSync(fd);
  if (error) throw new Error(`a sound file was refused: ${error.code}`);
  const { user, system } = process.cpuUsage(before);
  return rate((user + system) / 1e6);
}
