import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKPOINT_FILE, SIGNERS_FILE } from '../../../electron/features/archive/bundle-format.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import {
  admit,
  closedSession,
  MINUTE,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  S1,
  STROKES,
  sessionOf,
} from '../../harness/exam-day.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../harness/open-station.ts';
import { recordCamera } from '../../harness/record-camera.ts';
import { specimenFilm } from '../../harness/specimen-film.ts';
import type { Case } from './try-mutant.ts';

const S2 = 'S2' as SessionId;

async function sealed(st: TestStation, sessionId: SessionId): Promise<string> {
  const { archive } = st.as('site-lead');
  const { missing } = await archive.closing({ sessionId });
  for (const { itemId } of missing) await archive.declare({ sessionId, itemId, reason: '样本：未录像' });
  const byHand = { sessionId, pin: PIN, strokes: STROKES };
  if (missing.length > 0) await archive.signDeclarations(byHand);
  await archive.signOff(byHand);
  return (await archive.seal({ sessionId })).folder;
}

/**
 * Two bundles of one station and one of another, sealed at the end of played days: the second of the first station, with
 * people admitted and marked and a camera's video, is the one to be spoiled. Copies in `folder`, for the stations end with the test.
 */
export async function realBundles(folder: string): Promise<Case> {
  const ofRoom = <T extends { roomId: string }>(x: T) => (x.roomId === OTHER_ROOM ? { ...x, sessionId: S2 } : x);
  const st = await openTestStation({
    plan: (p) => ({
      ...p,
      sessions: [p.sessions[0]!, { ...p.sessions[0]!, sessionId: S2, label: '第二场' }],
      candidates: p.candidates.map(ofRoom),
      panels: p.panels.map(ofRoom),
    }),
  });
  const lead = st.as('site-lead');
  await openDoor(st);
  await lead.session.open({ sessionId: S2 });
  const checkpoint = await st.as('supervisor').journal.checkpoint();
  for (const id of ['C01', 'C02']) await admit(st, id);
  const cameraId = st.plan.rooms[0]!.cameras[0]!.cameraId;
  st.clock.advance(sessionOf(st).startsAtMs - st.clock.wallMs());
  const beginMs = st.clock.wallMs();
  st.clock.advance(MINUTE);
  await recordCamera(st, cameraId, [{ beginMs, endMs: beginMs + 12_000 }], {
    bytes: specimenFilm(4, '160x120', 5),
    ms: 4_000,
  });
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await lead.session.close({ sessionId: S2 });
  await lead.session.close({ sessionId: S1 });
  await markAndSign(st);
  const previous = join(folder, 'previous');
  const bundle = join(folder, 'bundle');
  cpSync(await sealed(st, S2), previous, { recursive: true });
  cpSync(await sealed(st, S1), bundle, { recursive: true });

  const elsewhere = await openTestStation({ plan: (p) => p });
  await closedSession(elsewhere);
  const other = join(folder, 'other');
  cpSync(await sealed(elsewhere, S1), other, { recursive: true });

  const at = (path: string) => readFileSync(join(bundle, path), 'utf8');
  return {
    bundle,
    around: { previous, other, recipient: CENTRE.recipient, earlierCheckpoint: checkpoint.note },
    options: {
      identity: CENTRE.identity,
      allowedSigners: at(SIGNERS_FILE),
      previous,
      // What the centre keeps of the journal by the time a bundle arrives: the checkpoint of the sealing came with the announcement.
      retainedCheckpoints: [checkpoint.note, at(CHECKPOINT_FILE)],
    },
  };
}
