import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type { StationClient } from '../../../electron/contract/index.ts';
import { residentCardText } from '../../../electron/devices/id-reader/cards.ts';
import { type SimulatedReader, startSimulatedReader } from '../../../electron/devices/id-reader/simulated.ts';
import { writePlanPackage } from '../../../electron/features/plan/package.ts';
import type { Plan, PlannedCandidate } from '../../../electron/features/plan/plan-schema.ts';
import type { Role } from '../../../electron/features/staff/roles.ts';
import { ExaminerId, RoomId, SessionId, type StaffId } from '../../../electron/lib/ids.ts';
import { sshPublicKeyLine } from '../../../electron/lib/ssh-key-text.ts';
import { specimenStrokes } from '../../../electron/rehearsal/strokes.ts';
import { generateIdentity } from '../../../electron/vault/age/age.ts';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import { samplePhotos } from '../../../resources/sample-day/sample-photos.ts';
import { samplePlan } from '../../../resources/sample-day/sample-plan.ts';
import { chipPhoto, decoderOf } from './card-photos.ts';
import { installationWith, type RuleChanges, thisClone } from './installation.ts';
import { troubleOf } from './served.ts';
import { PASSPHRASE, StationProcess } from './station-process.ts';

/** Everybody's PIN on a test day. */
export const PIN = '246810';
export const S1 = SessionId.parse('S1');
export const ROOM = RoomId.parse('201');
const MINUTE_MS = 60_000;

/** Who may be asked for by `desk`; added to the staff when first asked for. Examiners are those of the sample plan. */
const CAST: Record<string, { name: string; roles: Role[] }> = {
  door: { name: '门岗甲（样本）', roles: ['door'] },
  second: { name: '门岗乙（样本）', roles: ['door'] },
  invigilator: { name: '监考甲（样本）', roles: ['invigilator'] },
  supervisor: { name: '督导员（样本）', roles: ['supervisor'] },
  keeper: { name: '成绩员（样本）', roles: ['score-keeper'] },
  'second-keeper': { name: '成绩员乙（样本）', roles: ['score-keeper'] },
};
export const LEAD_NAME = '负责人（样本）';

export interface DayOptions {
  /** When the session starts, counted from now; a negative figure is a session under way. */
  startsInMinutes: number;
  /** A station started as a rehearsal, whose clock can be moved. */
  rehearsal: boolean;
  /** Opens the session at once. */
  open: boolean;
  /** Everyone has signed pledge and consent in the queue, and agreed. */
  signed: boolean;
  /** Changes the sample plan before it is adopted. */
  plan?: (plan: Plan) => Plan;
  /** Signs the plan for the invented centre; a new one each day where none is given. */
  centreKey?: KeyObject;
  /** Values in place of the national rule pack's. */
  rules: RuleChanges;
  /** Chips hold the plan's photographs, and the site has its reader maker's decoder. */
  cardPhotos: boolean;
}

export interface Desk {
  page: Page;
  context: BrowserContext;
  /** The contract, spoken as this desk's person. */
  client: StationClient;
}

/** A prepared exam day on a station of its own: the site, the sample plan, the simulated card reader, the staff. */
export interface ExamDay {
  station: StationProcess;
  plan: Plan;
  /** The centre's age identity: opens what is sealed. */
  centreIdentity: string;
  reader: SimulatedReader;
  lead: StationClient;
  /** The id of a member of staff, who is added when first asked for: a key of the cast, or an examiner of the plan. */
  member(who: string): Promise<StaffId>;
  nameOf(who: string): string;
  /** The contract, signed in as a member of staff without a window. */
  person(who: string): Promise<StationClient>;
  /** A window of its own browser context, let in by the lead, signed in, and open at the path. */
  desk(path: string, who: string, browser?: Browser): Promise<Desk>;
  candidate(candidateId: string): PlannedCandidate;
  /** Lays a candidate's card on the reader. */
  placeCard(candidateId: string): void;
  /** Moves the rehearsal's clock to so many minutes after the planned start. */
  moveTo(minutesAfterStart: number): Promise<void>;
  /** Troubles of all desks that match are part of the test. */
  forgive(trouble: RegExp): void;
}

export const test = base.extend<{ dayOptions: Partial<DayOptions>; day: ExamDay }>({
  dayOptions: [{}, { option: true }],
  day: async ({ browser, dayOptions }, use) => {
    const options: DayOptions = {
      startsInMinutes: 10,
      rehearsal: true,
      open: true,
      signed: true,
      rules: {},
      cardPhotos: false,
      ...dayOptions,
    };
    const folder = mkdtempSync(join(tmpdir(), 'kaodian-day-'));
    const changed = Object.keys(options.rules).length > 0;
    const from = changed ? installationWith(options.rules, join(folder, 'installation')) : thisClone;
    const station = new StationProcess(join(folder, 'data'), options.rehearsal ? ['--rehearsal'] : [], from);
    const reader = await startSimulatedReader({ port: 0 });
    const contexts: BrowserContext[] = [];
    const trouble: string[] = [];
    const forgiven: RegExp[] = [];
    try {
      await station.start();
      const lead = clientOf(station.origin, await enter(station.origin, station.entry));
      const founded = await found(lead, options, reader, folder);
      const staff = new Map<string, StaffId>([['lead', founded.leadId]]);
      const nameOf = (who: string) =>
        who === 'lead'
          ? LEAD_NAME
          : (CAST[who]?.name ?? founded.plan.examiners.find((e) => e.examinerId === who)?.name ?? who);
      const day: ExamDay = {
        ...founded,
        station,
        reader,
        lead,
        nameOf,
        async member(who) {
          const known = staff.get(who);
          if (known !== undefined) return known;
          const roles = CAST[who]?.roles ?? ['examiner' as const];
          const examinerId = CAST[who] === undefined ? ExaminerId.parse(who) : null;
          const { staffId } = await lead.staff.add({ name: nameOf(who), roles, pin: PIN, examinerId });
          staff.set(who, staffId);
          return staffId;
        },
        async person(who) {
          const staffId = await day.member(who);
          const { address } = await lead.site.newDesk({ path: '/' });
          const client = clientOf(station.origin, await enter(station.origin, address));
          await client.staff.signIn({ staffId, pin: PIN, desk: who });
          return client;
        },
        async desk(path, who, other = browser) {
          const staffId = await day.member(who);
          const { address } = await lead.site.newDesk({ path: new URL(path, station.origin).pathname });
          const context = await other.newContext();
          contexts.push(context);
          await context.request.get(new URL(address, station.origin).href);
          const [cookie] = await context.cookies(station.origin);
          const client = clientOf(station.origin, `${cookie?.name}=${cookie?.value}`);
          await client.staff.signIn({ staffId, pin: PIN, desk: path.slice(1) });
          const page = await context.newPage();
          troubleOf(page, trouble);
          await page.goto(station.origin + path);
          return { page, context, client };
        },
        candidate: (candidateId) => founded.plan.candidates.find((c) => c.candidateId === candidateId)!,
        placeCard: (candidateId) =>
          // A card's photograph is in a form that only its makers' software decodes.
          reader.place({
            text: residentCardText(sampleCard(day.candidate(candidateId))),
            photo: chipPhoto(founded.plan.candidates.findIndex((c) => c.candidateId === candidateId)),
          }),
        async moveTo(minutesAfterStart) {
          const toWallMs = founded.plan.sessions[0]!.startsAtMs + minutesAfterStart * MINUTE_MS;
          await lead.rehearsal.moveClock({ toWallMs });
        },
        forgive: (pattern) => void forgiven.push(pattern),
      };
      await use(day);
      expect(trouble.filter((line) => !forgiven.some((pattern) => pattern.test(line)))).toEqual([]);
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await station.stop();
      await reader.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

export { expect };

/** Redeems a one-time address, as a browser does that opens it, for the cookie. */
async function enter(origin: string, entry: string): Promise<string> {
  const reply = await fetch(new URL(entry, origin), { redirect: 'manual' });
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`the entry answered ${reply.status} without a cookie`);
  return cookie;
}

const clientOf = (origin: string, cookie: string): StationClient =>
  createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));

/** First start, reader, sample plan. */
async function found(lead: StationClient, options: DayOptions, reader: SimulatedReader, folder: string) {
  const created = await lead.site.create({
    siteName: '样本考核点',
    filingNumber: '样本备〔2026〕001号',
    stationId: 'SAMPLE-1',
    lead: { name: LEAD_NAME, pin: PIN },
    passphrase: PASSPHRASE,
  });
  await lead.site.addReader({ label: '读卡器 1', address: `tcp:${reader.host}:${reader.port}` });
  const centre = generateIdentity();
  const key = options.centreKey ?? generateKeyPairSync('ed25519').privateKey;
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(`the npm package ${photos.error.package} is not installed`);
  const sample = samplePlan({
    startsAtMs: (Math.floor(Date.now() / MINUTE_MS) + options.startsInMinutes) * MINUTE_MS,
    centre: { name: '样本鉴定中心', recipient: centre.recipient, verificationKeys: [sshPublicKeyLine(key)] },
    photoHashes: photos.value.hashes,
  });
  const plan = options.plan?.(sample) ?? sample;
  const zip = new File([new Uint8Array(writePlanPackage(plan, photos.value.photos, key))], 'plan.zip');
  const checked = await lead.plan.checkPackage({ package: zip, trustOnFirstUse: true });
  if (checked.kind !== 'ready') throw new Error(`the sample plan is not accepted: ${JSON.stringify(checked)}`);
  await lead.plan.adopt({ checkId: checked.checkId });
  if (options.cardPhotos) {
    const { photos: pictures, hashes } = photos.value;
    const inOrder = plan.candidates.map(
      ({ candidateId }) => pictures.get(hashes.get(candidateId) ?? '') ?? new Uint8Array(),
    );
    await lead.site.setPhotoDecoder({ commandLine: await decoderOf(inOrder, join(folder, 'chips')) });
  }
  if (options.open) {
    await lead.session.open({ sessionId: S1 });
    if (options.signed) await signAll(lead, plan);
  }
  return { plan, centreIdentity: centre.identity, leadId: created.lead.staffId };
}

/** Pledge and consent of everybody, signed at the lead's pad. */
async function signAll(lead: StationClient, plan: Plan): Promise<void> {
  const { sha256: textSha256 } = await lead.consent.text();
  const strokes = specimenStrokes(1);
  for (const { candidateId } of plan.candidates) {
    await lead.consent.sign({ candidateId, face: 'agreed', textSha256, strokes });
  }
}
