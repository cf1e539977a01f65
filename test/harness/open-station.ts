import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createRouterClient, ORPCError } from '@orpc/server';
import { argon2id } from 'hash-wasm';
import { afterAll, afterEach } from 'vitest';
import type { StationClient } from '../../electron/contract/index.ts';
import { inTransaction } from '../../electron/db/database.ts';
import { browserDesktop } from '../../electron/desktop/browser-desktop.ts';
import { projectPaths } from '../../electron/desktop/project-paths.ts';
import type { FaceEngine } from '../../electron/devices/face-engine/port.ts';
import { type ResidentCardFields, residentCardText, specimenWltPhoto } from '../../electron/devices/id-reader/cards.ts';
import { writePlanPackage } from '../../electron/features/plan/package.ts';
import { aPlan, CENTRE_KEY } from '../../electron/features/plan/plan-fixture.ts';
import type { Plan, PlannedCandidate } from '../../electron/features/plan/plan-schema.ts';
import type { StaffMember } from '../../electron/features/staff/contract.ts';
import type { Role } from '../../electron/features/staff/roles.ts';
import { bindConnection, insertStaff } from '../../electron/features/staff/store.ts';
import type { JournalEntry } from '../../electron/journal/entry.ts';
import { ManualClock } from '../../electron/lib/clock.ts';
import type { ExaminerId, StaffId } from '../../electron/lib/ids.ts';
import { openStation, type Station } from '../../electron/station.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { sampleCard } from '../../resources/sample-day/sample-card.ts';
import { fakeCardCamera } from './fake-card-camera.ts';
import { fakeFaceEngine } from './fake-face-engine.ts';
import { fakeKeyWrap } from './fake-key-wrap.ts';
import { FAKE_READER, FakeReaderPost } from './fake-reader.ts';

export const PIN = '246810';
export const PASSPHRASE = 'specimen passphrase';
/** The centre of every test station: what is sealed can be opened with this identity. */
export const CENTRE = generateIdentity();
/** A hash of `PIN` that costs nothing to check. */
const PIN_HASH = await argon2id({
  password: PIN,
  salt: Buffer.alloc(16),
  memorySize: 8,
  iterations: 1,
  parallelism: 1,
  hashLength: 32,
  outputType: 'encoded',
});

/** In memory where the system has such a place: a real station syncs every commit, and no test here pulls the plug. */
const FOLDERS = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export interface TestStationOptions {
  /** Changes the sample plan before it is adopted; null adopts none. */
  plan?: ((plan: Plan) => Plan) | null;
  /** False leaves the station as on its first start. */
  site?: boolean;
  withoutFaces?: boolean;
  /** Takes the place of the fake engine. */
  faceEngine?: FaceEngine;
  /** Photographs that the changed plan names besides those of its candidates, by SHA-256. */
  photos?: ReadonlyMap<string, Uint8Array>;
  rehearsal?: boolean;
}

export type TestStation = Awaited<ReturnType<typeof openTestStation>>;

/** The folder of a station on which the usual beginning was played, with its windows; copied for every further test. */
interface Beginning {
  dataDir: string;
  cookies: ReadonlyMap<string, string>;
  lead: StaffMember;
}
const beginnings = new Map<string, Beginning>();
afterAll(() => {
  for (const { dataDir } of beginnings.values()) rmSync(dataDir, { recursive: true, force: true });
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.close();
});

/** A real station over a folder of its own, an hour before the sample session; closed after the test. */
export async function openTestStation(options: TestStationOptions = {}) {
  let dataDir = mkdtempSync(join(FOLDERS, 'kaodian-station-'));
  // Only what every test begins with alike is played once; the journal then shows one more start of the station.
  const usual = options.site !== false && typeof options.plan !== 'function';
  const key = `${options.plan === null ? 'no plan' : 'sample plan'}, ${options.rehearsal ? 'rehearsal' : 'exam'}`;
  const beginning = usual ? beginnings.get(key) : undefined;
  if (beginning) cpSync(beginning.dataDir, dataDir, { recursive: true });
  const fixture = aPlan();
  const plan = (options.plan ?? ((p) => p))({
    ...fixture.plan,
    centre: { ...fixture.plan.centre, recipient: CENTRE.recipient },
  });
  const clock = new ManualClock(plan.sessions[0]!.startsAtMs - 60 * 60_000);
  const reader = new FakeReaderPost();
  const paths = projectPaths(join(import.meta.dirname, '../../electron'));
  const start = (passphrase?: string) =>
    openStation({
      dataDir,
      resourcesDir: paths.resourcesDir,
      modelsDir: paths.modelsDir,
      clock,
      desktop: browserDesktop,
      keyWrap: fakeKeyWrap,
      passphrase,
      openReader: reader.open,
      cardCamera: fakeCardCamera(),
      withoutTicks: true,
      ...(options.withoutFaces ? { withoutFaces: true } : { faceEngine: options.faceEngine ?? fakeFaceEngine() }),
      ...(options.rehearsal ? { rehearsal: true } : {}),
    });
  let station: Station = await start(beginning && PASSPHRASE);
  const cookies = new Map(beginning?.cookies);
  open.push({
    async close() {
      await station.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });

  const cookieFor = (key: string): string => {
    const known = cookies.get(key);
    if (known) return known;
    const cookie = station.connections.redeem(station.connections.issueToken())!;
    cookies.set(key, cookie);
    return cookie;
  };
  const clientOf = (cookie: string): StationClient =>
    createRouterClient(station.router, { context: () => station.contextOf(cookie, '127.0.0.1')! });
  const members = new Map<string, StaffMember>();

  const st = {
    clock,
    plan,
    photos: fixture.photos,
    reader,
    get dataDir() {
      return dataDir;
    },
    get station() {
      return station;
    },
    cookieFor,
    /** A window that nobody has signed in at. */
    stranger: (): StationClient => clientOf(cookieFor('stranger')),
    /** A signed-in member of staff; each name is a person of their own, added when first asked for. */
    as(role: Role, name: string = role): StationClient {
      return clientOf(st.signedIn(role, name));
    },
    /** As `as`, at a desk with another address than the station's own. */
    from(role: Role, address: string): StationClient {
      const cookie = st.signedIn(role, role);
      return createRouterClient(station.router, { context: () => station.contextOf(cookie, address)! });
    },
    member(role: Role, name: string = role): StaffMember {
      st.signedIn(role, name);
      return members.get(name)!;
    },
    /** The examiner of this id in the plan, signed in. */
    examiner(examinerId: string): StationClient {
      return clientOf(st.signedIn('examiner', examinerId, examinerId));
    },
    signedIn(role: Role, name: string, examinerId: string | null = null): string {
      const cookie = cookieFor(name);
      if (members.has(name)) return cookie;
      const member: StaffMember = {
        staffId: `S-${name}` as StaffId,
        name: `${name}（样本）`,
        roles: [role],
        examinerId: examinerId as ExaminerId | null,
      };
      members.set(name, member);
      const { connectionId } = station.contextOf(cookie, '127.0.0.1')!.caller;
      inTransaction(station.db, (w) => {
        insertStaff(w, member, PIN_HASH, plan.examiners.find((e) => e.examinerId === examinerId) ?? null);
        bindConnection(w, connectionId, member.staffId, 'test');
      });
      return cookie;
    },
    /** The station's process ends without a word, and another begins over the same folder. */
    async restart(passphrase?: string): Promise<void> {
      await station.close();
      station = await start(passphrase);
    },
    /** As `restart`, over a copy of the folder in another place; the first is gone. */
    async move(passphrase?: string): Promise<void> {
      await station.close();
      const before = dataDir;
      dataDir = mkdtempSync(join(FOLDERS, 'kaodian-station-'));
      cpSync(before, dataDir, { recursive: true });
      rmSync(before, { recursive: true });
      station = await start(passphrase);
    },
    tick: () => station.tick(),

    journal(): JournalEntry[] {
      const all = { beforeSeq: null, limit: 100_000, sessionId: null, events: null, contains: '' };
      return station.journal.page(all).toReversed();
    },
    /** Ids of what was journaled since the last call, oldest first. */
    journalEvents(): string[] {
      const fresh = st.journal().slice(heard);
      heard += fresh.length;
      return fresh.map((e) => e.event);
    },
    candidate: (candidateId: string): PlannedCandidate => plan.candidates.find((c) => c.candidateId === candidateId)!,
    /** Lays the specimen card of a candidate on the reader, and waits until the station has taken it up. */
    async placeCard(candidateId: string, changed: Partial<ResidentCardFields> = {}, jpeg?: Blob): Promise<void> {
      const text = residentCardText({ ...sampleCard(st.candidate(candidateId)), ...changed });
      await st.placeText(text, jpeg && new Uint8Array(await jpeg.arrayBuffer()));
    },
    async placeText(text: Uint8Array, jpeg?: Uint8Array): Promise<void> {
      const cards = () => st.journal().filter((e) => /^checkin\.card-(read|unreadable|refused)$/.test(e.event)).length;
      const before = cards();
      const photo = jpeg
        ? { kind: 'jpeg' as const, bytes: jpeg }
        : { kind: 'wlt' as const, bytes: specimenWltPhoto(1) };
      reader.present({ text, photo, samId: null, readAtMs: clock.wallMs() });
      while (cards() === before) await setImmediate();
    },
  };
  let heard = 0;

  if (beginning) {
    members.set('site-lead', beginning.lead);
  } else if (options.site !== false) {
    const { site } = plan;
    const lead = clientOf(cookieFor('site-lead'));
    const created = await lead.site.create({
      siteName: site.name,
      filingNumber: site.filingNumber,
      stationId: 'KD-TEST-1',
      lead: { name: '负责人（样本）', pin: PIN },
      passphrase: PASSPHRASE,
    });
    members.set('site-lead', created.lead);
    await lead.site.addReader({ label: '读卡器 1', address: FAKE_READER });
    if (options.plan !== null) {
      const bytes = writePlanPackage(plan, new Map([...fixture.photos, ...(options.photos ?? [])]), CENTRE_KEY);
      const check = await lead.plan.checkPackage({
        package: new File([new Uint8Array(bytes)], 'plan.zip'),
        trustOnFirstUse: true,
      });
      if (check.kind !== 'ready') throw new Error(`the test plan is refused: ${JSON.stringify(check)}`);
      await lead.plan.adopt({ checkId: check.checkId });
    }
    if (usual) {
      const kept = mkdtempSync(join(FOLDERS, 'kaodian-beginning-'));
      await station.close();
      cpSync(dataDir, kept, { recursive: true });
      beginnings.set(key, { dataDir: kept, cookies: new Map(cookies), lead: created.lead });
      station = await start(PASSPHRASE);
    }
  }
  st.journalEvents();
  return st;
}

/** The reply's error as code and data, or 'ok': what a desk can tell apart. */
export async function refusalOf(reply: Promise<unknown>): Promise<{ code: string; data?: unknown } | 'ok'> {
  try {
    await reply;
    return 'ok';
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return error.data === undefined ? { code: error.code } : { code: error.code, data: error.data };
  }
}
/** The code alone, where the data is of no matter. */
export const codeOf = async (reply: Promise<unknown>): Promise<string> => {
  const refusal = await refusalOf(reply);
  return refusal === 'ok' ? 'ok' : refusal.code;
};
