import { deskOf, SESSION } from '../day.ts';
import { expectRefusal, expectSame } from '../expectation.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';

/** Who wants no comparison of faces, and comes in by two persons. */
const DECLINES = 'C09';

/** In the queue everybody reads and signs pledge and consent; C02 thinks it over and agrees after all. */
export const queueSigns: Step = {
  id: 'pledge',
  title: { zh: '排队时签承诺书；C09 不同意比对人脸', en: 'Pledge and consent signed in the queue; C09 declines faces' },
  async play(day) {
    const { consent } = (await deskOf(day, 'door')).station;
    const { sha256: textSha256 } = await consent.text();
    const candidates = day.plan.candidates.filter((c) => c.sessionId === SESSION);
    for (const [i, { candidateId }] of candidates.entries()) {
      const choices = candidateId === 'C02' ? (['declined', 'agreed'] as const) : [choiceOf(candidateId)];
      for (const face of choices) {
        if ((await consent.of({ candidateId })).consent?.face === choices.at(-1)) break;
        const wish = { candidateId, face, textSha256 };
        const dot: [number, number, number] = [500, 500, 0];
        await expectRefusal(consent.sign({ ...wish, strokes: [[dot]] }), 'NO_SIGNATURE');
        const signed = await consent.sign({ ...wish, strokes: specimenStrokes(i + 20) });
        day.ledger.note('consent.signed', { consentId: signed.consentId, candidateId, face, textSha256 });
      }
      expectSame((await consent.of({ candidateId })).consent?.face, choiceOf(candidateId), `what ${candidateId} chose`);
    }
    return {
      zh: `${candidates.length} 人签了；只点一下的不算签名；C02 先不同意后同意，以后签的为准`,
      en: `${candidates.length} have signed; a dot is no signature; C02 declines, then agrees, and the later counts`,
    };
  },
};

const choiceOf = (candidateId: string): 'agreed' | 'declined' => (candidateId === DECLINES ? 'declined' : 'agreed');
