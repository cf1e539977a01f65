import { cp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createLine,
  type Server as LineServer,
  type Socket,
} from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Centre, openCentre } from '../../centre/centre.ts';
import { contentClaims } from '../../cli/content-claims.ts';
import type { Delivery } from '../../features/delivery/contract.ts';
import { checkReceipt } from '../../features/delivery/receipt.ts';
import { systemClock } from '../../lib/clock.ts';
import { type Day, deskOf, SESSION } from '../day.ts';
import { expectSame, expectTrue, NotAsExpected } from '../expectation.ts';
import type { Step } from '../step.ts';

/** How much of what a station sends goes through before the line is cut, once. */
const CUT_AFTER_BYTES = 300_000;

/** The centre behind a line of its own that is cut once in the middle of the archive. */
async function openLine(
  day: Day,
): Promise<{ centre: Centre; address: string; cuts: () => number; close: () => Promise<void> }> {
  const centre = await openCentre({
    dataDir: join(day.folder, 'centre'),
    name: day.centre.card.name,
    receiptKey: day.centre.privateKey,
    identities: [day.centre.identity],
    contentClaims,
    clock: systemClock,
    rehearsal: true,
  });
  const server = createServer((request, response) => void centre.handle(request, response));
  const centrePort = await listening(server);
  let bytes = 0;
  let cuts = 0;
  const open = new Set<Socket>();
  const line = createLine((fromStation) => {
    const toCentre = connect(centrePort, '127.0.0.1');
    const cut = () => {
      fromStation.destroy();
      toCentre.destroy();
      open.delete(fromStation);
    };
    open.add(fromStation);
    fromStation.on('data', (piece) => {
      bytes += piece.length;
      if (cuts === 0 && bytes > CUT_AFTER_BYTES) {
        cuts += 1;
        cut();
      } else if (!toCentre.write(piece)) fromStation.pause();
    });
    toCentre.on('drain', () => fromStation.resume());
    toCentre.pipe(fromStation);
    for (const end of [fromStation, toCentre]) end.on('error', cut).on('close', cut);
  });
  const port = await listening(line);
  return {
    centre,
    address: `http://127.0.0.1:${port}`,
    cuts: () => cuts,
    close: async () => {
      for (const socket of open) socket.destroy();
      line.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await centre.close();
    },
  };
}

/** Listens on this machine alone; answers the port. */
async function listening(server: LineServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function until(day: Day, kind: Delivery['state']['kind'], attempts = 600): Promise<Delivery> {
  const lead = (await deskOf(day, 'lead')).station;
  let last: Delivery | undefined;
  for (let i = 0; i < attempts; i += 1) {
    last = (await lead.delivery.of({ sessionId: SESSION }))[0];
    if (last?.state.kind === kind) return last;
    await pause(100);
  }
  throw new NotAsExpected(`the delivery stands at ${JSON.stringify(last?.state)}, not at ${kind}`);
}

/**
 * The bundle goes to a real centre: not enrolled it is refused by name, then it arrives through a line that is cut in the middle,
 * and the centre's signed receipt comes back and fits.
 */
const deliver: Step = {
  id: 'deliver',
  title: { zh: '上传鉴定中心：先被拒，断线续传，收到回执', en: 'Sent to the centre: refused, cut, resumed, receipted' },
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station;
    const { centre, address, cuts, close } = await openLine(day);
    try {
      await lead.delivery.saveSetting({ address, limitKBps: null, hours: null });
      const refused = await until(day, 'refused');
      const reasons = refused.state.kind === 'refused' ? refused.state.refusals.map((r) => r.code) : [];
      expectSame(reasons, ['STATION_UNKNOWN'], 'the reason of a centre that does not know the station');
      const site = await lead.site.state();
      if (site.kind === 'new') throw new NotAsExpected('there is no site');
      await centre.enrol(site.site);
      await centre.expect(site.site.stationId, [SESSION]);
      const bundle = day.bundle!;
      await lead.delivery.resume({ bundleId: bundle.bundleId });
      const { state } = await until(day, 'delivered');
      if (state.kind !== 'delivered') throw new NotAsExpected('no receipt');
      expectTrue(cuts() === 1, 'the line was cut once');
      const kept = await lead.delivery.receipt({ bundleId: bundle.bundleId });
      const checked = checkReceipt(
        kept!,
        { keys: [day.centre.publicKey], revoked: [] },
        {
          stationId: site.site.stationId,
          bundleId: basename(bundle.folder),
          tagManifestSha256: bundle.tagManifestSha256,
        },
      );
      expectTrue(checked.ok, 'the receipt stands the check of anybody who has the centre’s key');
      await writeFile(join(day.folder, 'receipt.json'), kept!.text);
      await writeFile(join(day.folder, 'receipt.json.sig'), kept!.signature);
      day.ledger.note('delivery.receipt-kept', { receiptNumber: state.receipt.receiptNumber });
      await refusesASecondStory(day, centre, bundle.folder);
      return {
        zh: `${state.receipt.receiptNumber}；断线 ${cuts()} 次后续传；中心核验通过 ${state.receipt.claims.pass} 项`,
        en: `${state.receipt.receiptNumber}; cut ${cuts()} time and resumed; the centre passed ${state.receipt.claims.pass} claims`,
      };
    } finally {
      await close();
    }
  },
};

/** The same bundle on a disk has the same receipt; a changed copy under its name is refused. */
async function refusesASecondStory(day: Day, centre: Centre, bundle: string): Promise<void> {
  const copy = (from: string, to: string) => cp(from, to, { recursive: true });
  const again = await centre.receiveFolder(bundle, copy);
  expectTrue(again.ok, 'the same bundle on a disk is known');
  const changed = join(day.folder, 'second-story', basename(bundle));
  await cp(bundle, changed, { recursive: true });
  await writeFile(join(changed, 'tagmanifest-sha256.txt'), '');
  const other = await centre.receiveFolder(changed, copy);
  expectTrue(
    !other.ok && other.error.some((r) => r.code === 'NAME_TAKEN'),
    'another content under its name is refused',
  );
  await rm(join(day.folder, 'second-story'), { recursive: true });
}

export const deliverySteps: Step[] = [deliver];
