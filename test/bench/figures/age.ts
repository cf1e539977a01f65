import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { chooseAead, decryptStream, encryptStream, generateIdentity } from '../../../electron/vault/age/age.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating } from '../measure.ts';
import { cpuSeconds, hasCommand, run } from '../processes.ts';
import { removeFolder, scratchFolder } from '../served-station.ts';

const ROUNDS = 5;
const MIB = 256;
/** Writing 256 MiB to a disk costs either program more than the cipher, and varies more. */
const NOWHERE = '/dev/null';
const PIECE = { highWaterMark: 1024 * 1024 };

/** The age format on 256 MiB, file to /dev/null, in megabytes per processor second; the peer is the age command. */
export const age: Benchmark = async (print) => {
  await chooseAead();
  const folder = scratchFolder();
  try {
    const { identity, recipient } = generateIdentity();
    const [plain, sealed, key] = ['plain', 'sealed.age', 'key'].map((name) => join(folder, name));
    writeFileSync(plain!, randomBytes(MIB * 1024 * 1024));
    await pipeline(createReadStream(plain!), encryptStream([recipient]), createWriteStream(sealed!));
    writeFileSync(key!, `${identity}\n`);
    const rate = (seconds: number) => (MIB * 1.048576) / seconds;
    const ours = (from: string, way: () => NodeJS.ReadWriteStream) => async () => {
      const before = process.cpuUsage();
      await pipeline(createReadStream(from, PIECE), way(), createWriteStream(NOWHERE, PIECE));
      const { user, system } = process.cpuUsage(before);
      return rate((user + system) / 1e6);
    };
    const encryptOurs = ours(plain!, () => encryptStream([recipient]));
    const decryptOurs = ours(sealed!, () => decryptStream([identity]));
    if (!hasCommand('age')) {
      const found = await alternating(ROUNDS, { encrypt: encryptOurs, decrypt: decryptOurs });
      for (const way of ['encrypt', 'decrypt'] as const) {
        print({
          name: `age.${way}`,
          value: rounded(found[way]),
          unit: 'MB/CPU-s',
          note: 'no age command to compare with',
        });
      }
      return;
    }
    const version = (await run('age', ['--version'])).trim();
    const found = await alternating(ROUNDS, {
      encrypt: encryptOurs,
      encryptPeer: async () => rate(await cpuSeconds(['age', '-r', recipient, plain!])),
      decrypt: decryptOurs,
      decryptPeer: async () => rate(await cpuSeconds(['age', '-d', '-i', key!, sealed!])),
    });
    const note = `${MIB} MiB file to /dev/null; median of ${ROUNDS}; a ratio above 1 is faster than the peer`;
    const [unit, goal, peer] = ['MB/CPU-s', '> 500', `age ${version}`];
    print({
      name: 'age.encrypt',
      value: rounded(found.encrypt),
      unit,
      goal,
      ...against(found.encrypt, found.encryptPeer, unit, peer),
      note,
    });
    print({
      name: 'age.decrypt',
      value: rounded(found.decrypt),
      unit,
      goal,
      ...against(found.decrypt, found.decryptPeer, unit, peer),
      note,
    });
  } finally {
    removeFolder(folder);
  }
};
