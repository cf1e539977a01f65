import { BUNDLE_NAMESPACE } from '../../features/archive/bundle-format.ts';
import { ExaminerId } from '../../lib/ids.ts';
import { LEAD, otherPin, STATION_ID } from '../cast.ts';
import { type Day, deskOf, playerOf, withRightPin } from '../day.ts';
import { expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import type { Step } from '../step.ts';

/** The station starts on an empty folder. */
export const startStation: Step = {
  id: 'start',
  title: { zh: '启动工作站（空数据文件夹）', en: 'The station starts on an empty folder' },
  vital: true,
  async play(day) {
    const ms = Math.round(day.station.starts === 0 ? await day.station.start() : 0);
    const state = await (await deskOf(day, LEAD)).station.site.state();
    expectTrue(state.rehearsal, 'the station says that it is a rehearsal');
    const faces = state.faceEngine.kind === 'ready' ? state.faceEngine.name : state.faceEngine.code;
    return { zh: `${ms} 毫秒后应答；人脸：${faces}`, en: `answers after ${ms} ms; faces: ${faces}` };
  },
};

/** First start: site, keys and first lead. A second site on the same station must be refused. */
export const createSite: Step = {
  id: 'site',
  title: { zh: '首次启动：建立考点、密钥和负责人', en: 'First start: site, keys and lead' },
  vital: true,
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    const { name, pin } = playerOf(day, LEAD);
    const wish = {
      siteName: day.plan.site.name,
      filingNumber: day.plan.site.filingNumber,
      stationId: STATION_ID,
      lead: { name, pin },
      passphrase: day.passphrase,
    };
    if ((await station.site.state()).kind === 'new') await station.site.create(wish);
    const lead = await station.staff.me();
    expectSame(lead?.roles, ['site-lead'], 'who is signed in after the first start');
    day.staffIds.set(LEAD, lead!.staffId);
    day.ledger.note('site.created', { stationId: wish.stationId, filingNumber: wish.filingNumber });
    await expectRefusal(station.site.create(wish), 'ALREADY_CREATED');
    const state = await station.site.state();
    expectSame(state.kind, 'open', 'the keys after the first start');
    const print = state.kind === 'new' ? '' : state.site.fingerprint;
    const key = state.kind === 'new' ? '' : state.site.signingKey;
    day.registeredSigners = `${STATION_ID} namespaces="${BUNDLE_NAMESPACE}" ${key}\n`;
    return { zh: `密钥指纹 ${print}`, en: `key ${print}` };
  },
};

/** Everybody the day needs gets a PIN of their own. Examiners are linked to the plan, so it comes first. */
export const addStaff: Step = {
  id: 'staff',
  title: { zh: '登记工作人员和考评员', en: 'Staff and examiners are added' },
  vital: true,
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    for (const player of day.cast) {
      const known = (await station.staff.names()).find((m) => m.name === player.name);
      const { name, roles, pin, examinerId } = player;
      const member =
        known ?? (await station.staff.add({ name, roles, pin, examinerId: ExaminerId.nullable().parse(examinerId) }));
      day.staffIds.set(player.key, member.staffId);
      day.ledger.note('staff.added', { staffId: member.staffId, roles });
    }
    const { name, pin } = playerOf(day, 'door');
    await expectRefusal(station.staff.add({ name, roles: ['door'], pin }), 'NAME_TAKEN');
    await expectRefusal(
      station.staff.add({ name: '兼任者（样本）', roles: ['score-keeper', 'examiner'], pin }),
      'ROLES_CLASH',
    );
    return {
      zh: `${day.cast.length} 人；重名和成绩管理员兼考评员都被拒绝`,
      en: `${day.cast.length} people; a name taken and a score-keeper who marks are refused`,
    };
  },
};

/** Everybody signs in at a desk of their own. The door's first PIN is mistyped. */
export const signIn: Step = {
  id: 'sign-in',
  title: { zh: '各台登录；输错一次 PIN', en: 'Everybody signs in; one mistypes the PIN' },
  vital: true,
  async play(day) {
    for (const player of day.cast.filter((p) => p.key !== LEAD)) await signInAt(day, player.key);
    return {
      zh: `${day.cast.length - 1} 个台登录；错的 PIN 被拒绝并记录`,
      en: `${day.cast.length - 1} desks signed in; the wrong PIN was refused and recorded`,
    };
  },
};

async function signInAt(day: Day, key: string): Promise<void> {
  const { station } = await deskOf(day, key);
  const { pin, desk } = playerOf(day, key);
  const staffId = day.staffIds.get(key)!;
  if (await station.staff.me()) return;
  if (key === 'door') {
    await expectRefusal(station.staff.signIn({ staffId, pin: otherPin(pin), desk }), 'WRONG_PIN', 'PIN_LOCKED');
    day.ledger.note('staff.wrong-pin', { staffId, purpose: 'sign-in' });
  }
  const member = await withRightPin(day, () => station.staff.signIn({ staffId, pin, desk }));
  expectSame(member.staffId, staffId, 'who signed in');
  day.ledger.note('staff.signed-in', { staffId, desk });
}
