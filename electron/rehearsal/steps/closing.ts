import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { otherPin } from '../cast.ts';
import { deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { codeOf, expectRefusal, expectSame, expectTrue, NotAsExpected } from '../expectation.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';

const where = { sessionId: SESSION };

/** What is missing is declared with a reason; nothing is sealed before. */
const declareMissing: Step = {
  id: 'declare',
  title: { zh: '缺项逐条说明', en: 'Missing items are declared' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station;
    const { missing } = await lead.archive.closing(where);
    for (const camera of day.plan.rooms.flatMap((r) => r.cameras)) {
      // Nobody filmed the hours the clock skipped; a room without a browser was not filmed at all.
      const lacks = missing.some((m) => m.itemId.includes(`:${camera.cameraId}`));
      expectTrue(lacks, `what ${camera.label} did not record is missing`);
    }
    const open = missing.filter((m) => m.declared === null);
    if (open.length > 0) {
      const strokes = specimenStrokes(9);
      await expectRefusal(lead.archive.signOff({ ...where, pin: playerOf(day, 'lead').pin, strokes }), 'UNDECLARED');
      await expectRefusal(lead.archive.seal(where), 'UNDECLARED');
    }
    for (const item of open) {
      const reason = `演练：${item.code}（样本说明）`;
      await lead.archive.declare({ ...where, itemId: item.itemId, reason });
      day.ledger.note('archive.declared', { itemId: item.itemId, code: item.code, reason });
    }
    if ((await lead.archive.closing(where)).declarationsSignedBy === null) {
      const strokes = specimenStrokes(9);
      const { pin } = playerOf(day, 'lead');
      await expectRefusal(lead.archive.signOff({ ...where, pin, strokes }), 'DECLARATIONS_NOT_SIGNED');
      await withRightPin(day, () => lead.archive.signDeclarations({ ...where, pin, strokes }));
    }
    day.ledger.note('archive.declarations-signed', {});
    const items = missing.map((m) => m.itemId);
    return { zh: `${items.length} 项：${items.join('、')}`, en: `${items.length} items: ${items.join(', ')}` };
  },
};

const signOff: Step = {
  id: 'sign-off',
  title: { zh: '负责人签字', en: 'The lead signs off' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station;
    const { pin } = playerOf(day, 'lead');
    const wish = { ...where, strokes: specimenStrokes(9) };
    if ((await lead.archive.closing(where)).signedOffBy === null) {
      await expectRefusal(lead.archive.seal(where), 'NOT_SIGNED_OFF');
      await expectRefusal(lead.archive.signOff({ ...wish, pin: otherPin(pin) }), 'WRONG_PIN', 'PIN_LOCKED');
      await withRightPin(day, () => lead.archive.signOff({ ...wish, pin }));
    }
    const { signedOffBy } = await lead.archive.closing(where);
    expectSame(signedOffBy?.name, playerOf(day, 'lead').name, 'who signed for the whole');
    day.ledger.note('archive.signed-off', {});
    return { zh: '签字前封存、错 PIN 都被拒绝', en: 'sealing before it and a wrong PIN are refused' };
  },
};

const seal: Step = {
  id: 'seal',
  title: { zh: '封存', en: 'Sealing' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station;
    try {
      day.bundle = await lead.archive.seal(where);
    } catch (error) {
      if (codeOf(error) !== 'WRONG_STATE') throw error;
      day.bundle = (await lead.archive.bundles()).at(-1) ?? null;
    }
    if (day.bundle === null) throw new NotAsExpected('the session is sealed and there is no bundle');
    const { bundleId, tagManifestSha256, files, bytes, sealCode, tookMs } = day.bundle;
    day.ledger.note('archive.sealed', { bundleId, tagManifestSha256 });
    expectSame((await lead.session.list())[0]!.state, 'sealed', 'the session after sealing');
    await expectRefusal(lead.archive.seal(where), 'WRONG_STATE');
    const size = `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
    return {
      zh: `${files} 个文件，${size}，${tookMs} 毫秒；封存码 ${sealCode}`,
      en: `${files} files, ${size}, ${tookMs} ms; seal code ${sealCode}`,
    };
  },
};

const exportBundle: Step = {
  id: 'export',
  title: { zh: '导出到磁盘并逐字节读回', en: 'Export to a disk, every byte read back' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, 'lead')).station;
    const folder = join(day.folder, `disk-${day.station.starts}`);
    await mkdir(folder, { recursive: true });
    const { bundleId } = day.bundle!;
    await expectRefusal(lead.archive.exportTo({ bundleId, folder: join(day.folder, 'nowhere') }), 'FOLDER_UNUSABLE');
    const row = await lead.archive.exportTo({ bundleId, folder });
    const done = row.exports.at(-1);
    expectTrue(done?.verified === true, 'the copy was read back');
    day.ledger.note('archive.exported', { bundleId });
    day.bundleDir = done!.folder;
    const { claims } = await lead.archive.verify({ bundleId });
    const failed = claims.filter((c) => c.result === 'fail').map((c) => c.id);
    expectSame(failed, [], "claims that fail in the station's own check");
    return { zh: '读回一致；工作站自己的核验没有不通过', en: 'read back equal; the station finds nothing that fails' };
  },
};

export const closingSteps: Step[] = [declareMissing, signOff, seal, exportBundle];
