/**
 * A centre in a process of its own, until it is killed. Says a line once it listens.
 *
 * Arguments: a file with what `CentreFacts` says.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { openCentre } from '../../../electron/centre/centre.ts';
import { systemClock } from '../../../electron/lib/clock.ts';

export interface CentreFacts {
  dataDir: string;
  receiptKeyPem: string;
  identities: string[];
  port: number;
}

const facts = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as CentreFacts;
const centre = await openCentre({
  dataDir: facts.dataDir,
  name: '样本鉴定中心',
  receiptKey: createPrivateKey(facts.receiptKeyPem),
  identities: facts.identities,
  contentClaims: [],
  clock: systemClock,
  rehearsal: false,
});
const server = createServer((request, response) => void centre.handle(request, response));
server.listen(facts.port, '127.0.0.1', () => console.log('listens'));
