import { createPublicKey } from 'node:crypto';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { canLookAtPages, codesIn, pageAsPng, textOfPdf } from '../../../test/harness/printed-page.ts';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { readTicket, ticketKeyring } from '../identity/ticket.ts';
import { ticketBelongsTo } from '../identity/ticket-payload.ts';
import { aPlan, CENTRE_KEY, OTHER_KEY, sha256Hex } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { loadRulePack } from '../rules/load-rule-pack.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { ruleValues } from '../rules/rule-values.ts';
import { admissionTickets } from './admission-tickets.ts';
import { printTickets, type TicketOrder } from './print-tickets.ts';
import { ticketNotes } from './ticket-notes.ts';

let pack: RulePack;
let photo: Uint8Array;
beforeAll(async () => {
  const loaded = await loadRulePack(resolve('resources/rule-packs'), 'national');
  if (!loaded.ok) throw new Error(loaded.error.code);
  pack = loaded.value;
  const grey = { width: 300, height: 375, channels: 3 as const, background: '#808080' };
  photo = new Uint8Array(await sharp({ create: grey }).jpeg().toBuffer());
});

/** The sample plan, changed; only the first candidate has a picture that can be decoded. */
function order(change: (plan: Plan) => void = () => {}, over: Partial<TicketOrder> = {}): TicketOrder {
  const { plan, photos } = aPlan();
  plan.candidates[0]!.photo.sha256 = sha256Hex(photo);
  photos.set(sha256Hex(photo), photo);
  change(plan);
  const fontsDir = resolve('resources/fonts');
  return { plan, photos, pack, centreKey: CENTRE_KEY, wholeNumber: false, only: [], nowMs: 0, fontsDir, ...over };
}

async function printed(of: TicketOrder) {
  const made = await printTickets(of);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

test.each<[string, (plan: Plan) => void, Partial<TicketOrder>, unknown]>([
  ['a key that is not the centre’s', () => {}, { centreKey: OTHER_KEY }, { code: 'KEY_NOT_OF_CENTRE' }],
  [
    'a key withdrawn',
    ({ centre }) => Object.assign(centre, { revokedKeys: [`${sshPublicKeyLine(CENTRE_KEY)} old`] }),
    {},
    { code: 'KEY_REVOKED' },
  ],
  [
    'a ticket that is not in the plan',
    () => {},
    { only: ['202600000001', 'X-1'] },
    { code: 'NO_SUCH_TICKET', ticketNumber: 'X-1' },
  ],
])('%s signs nothing', async (_what, change, over, error) => {
  expect(await printTickets(order(change, over))).toEqual({ ok: false, error });
});

test('a picture that cannot be decoded leaves its frame empty, and the ticket is named', async () => {
  const { withoutPhoto, ticketNumbers } = await printed(order(undefined, { only: ['202600000001', '202600000002'] }));
  expect({ withoutPhoto, ticketNumbers }).toEqual({
    withoutPhoto: ['202600000002'],
    ticketNumbers: ['202600000001', '202600000002'],
  });
});

test('the notes say what the pack asks', () => {
  const [ticket] = admissionTickets(aPlan().plan);
  const notes = (change: object) => {
    const rules = { ...ruleValues(pack), ...change };
    return ticketNotes({ ...ticket!, documentType: 'hmt' }, pack, rules)
      .map(([zh]) => zh)
      .join('');
  };
  expect(notes({})).toContain('同时出示本准考证和有效的港澳台居民居住证原件');
  expect(notes({ 'admission.ticket-required': false })).not.toContain('缺一不可');
  expect(notes({ 'admission.enter-before-minutes': 25, 'admission.late-after-minutes': 10 })).toContain(
    '开考前 25 分钟开始入场，开考 10 分钟后不得入场',
  );
  const silent = { ...pack, clauses: pack.clauses.filter((c) => c.id !== 'admission.face-not-only-way') };
  expect(ticketNotes(ticket!, silent, ruleValues(pack)).join()).not.toContain('人脸');
});

describe.skipIf(!canLookAtPages)('looked at as pages', () => {
  const centreKeys = ticketKeyring([createPublicKey(CENTRE_KEY)]);

  test.each([150, 240])('both codes come off the paper at %i dots an inch, and the door believes them', async (dpi) => {
    const of = order(undefined, { only: ['202600000001', '202600000007'] });
    const { pdf } = await printed(of);
    for (const [page, at] of [
      [1, 0],
      [2, 6],
    ] as const) {
      const candidate = of.plan.candidates[at]!;
      const codes = await codesIn(await pageAsPng(pdf, page, dpi));
      const [bars, qr] = codes.sort((a, b) => (a.format < b.format ? -1 : 1));
      expect(bars).toEqual({ format: 'Code128', text: candidate.ticketNumber });
      const read = readTicket(qr?.text ?? '', centreKeys);
      if (!read.ok || read.value.kind !== 'signed') throw new Error('the printed ticket is not believed');
      expect(read.value.claims).toMatchObject({ ticketNumber: candidate.ticketNumber, name: candidate.name });
      expect(ticketBelongsTo(read.value.claims, candidate.documentNumber)).toBe(true);
      expect(Buffer.from(read.value.claims.photoHash!).toString('hex')).toBe(candidate.photo.sha256.slice(0, 32));
    }
  });

  test('the page says everything a candidate looks for, the document number masked', async () => {
    const of = order(({ candidates }) => Object.assign(candidates[0]!, { name: '赵䶮𬱖·㛃（样本）' }));
    const text = await textOfPdf((await printed({ ...of, only: ['202600000001'] })).pdf);
    const words = [
      '准考证',
      '202600000001',
      '赵䶮𬱖·㛃（样本）',
      '310199********0017',
      '居民身份证',
      '电工',
      '四级（中级工）',
    ];
    const place = [
      '样本考核点',
      '操作技能',
      '2026-03-01',
      '星期日',
      '09:00–11:30',
      '08:45–09:30',
      '201 考场',
      '1 号工位',
    ];
    expect([...words, ...place, '考生须知', '1/1'].filter((word) => !text.includes(word))).toEqual([]);
    expect(text).not.toContain(of.plan.candidates[0]!.documentNumber);
    const whole = await textOfPdf((await printed({ ...of, only: ['202600000001'], wholeNumber: true })).pdf);
    expect(whole).toContain(of.plan.candidates[0]!.documentNumber);
  });

  test('three parts and long words still fit one page, and the code grows with them', async () => {
    const of = order((plan) => {
      const [skills] = plan.sessions;
      Object.assign(skills!, { occupation: '职业名称'.repeat(6), label: '场次名称'.repeat(5) });
      Object.assign(plan.candidates[0]!, { name: `${'样'.repeat(12)}·${'本'.repeat(8)}` });
      for (const [i, part] of (['theory', 'review'] as const).entries()) {
        const [sessionId, laterMs] = [`S${i + 2}` as never, (i + 1) * 86_400_000];
        const times = { startsAtMs: skills!.startsAtMs + laterMs, endsAtMs: skills!.endsAtMs + laterMs };
        plan.sessions.push({ ...skills!, sessionId, part, ...times });
        const drawn = { sessionId, workstationId: null as never };
        plan.candidates.push({ ...plan.candidates[0]!, candidateId: `C9${i}` as never, ...drawn });
      }
    });
    const { pdf } = await printed({ ...of, only: ['202600000001'] });
    expect((await textOfPdf(pdf)).split('\f').filter((page) => page !== '')).toHaveLength(1);
    expect((await textOfPdf(pdf)).split('入场时抽取')).toHaveLength(3);
    const qr = (await codesIn(await pageAsPng(pdf, 1, 200))).find((code) => code.format === 'QRCode');
    const read = readTicket(qr?.text ?? '', centreKeys);
    expect(read.ok && read.value.kind === 'signed' && read.value.claims.sessionIds).toEqual(['S1', 'S2', 'S3']);
  });
});
