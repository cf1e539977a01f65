import '../../../features/consent/consent.css';
import { type ReactNode, useState } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import type { FaceConsent } from '../../../../electron/features/consent/contract.ts';
import { ConsentChoice } from '../../../features/consent/ConsentChoice.tsx';
import { ConsentPaper, useConsentText } from '../../../features/consent/ConsentPaper.tsx';
import { ConsentSignature } from '../../../features/consent/ConsentSignature.tsx';
import { consentTexts } from '../../../texts/consent.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EditOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Loading } from '../../../ui/Loading.tsx';
import type { SignatureStrokes } from '../../../ui/SignaturePad.tsx';
import type { Door } from '../use-door.ts';
import { AsideRow, Headline, Refusal, Who } from './parts.tsx';

/** Pledge and consent at the door: one gesture signs, one tap chooses and hands in. Enter does nothing before a stroke. */
export function ConsentDesk(props: { door: Door; attempt: Attempt; strip: ReactNode }): ReactNode {
  const { door, attempt } = props;
  const t = useTexts(consentTexts);
  const d = useTexts(doorTexts);
  const text = useConsentText();
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const signed = strokes.length > 0;
  const cancel = () => door.cancel(attempt);
  const aside = () => door.setAside(attempt);
  const choose = (face: FaceConsent) => {
    if (signed && text !== undefined && !door.busy)
      door.signConsent(attempt, { face, textSha256: text.sha256, strokes });
  };
  useKeys(
    {
      Enter: () => choose('agreed'),
      F6: () => choose('declined'),
      Delete: () => setStrokes([]),
      F9: aside,
      Escape: cancel,
    },
    { verdict: `consent:${attempt.attemptId}:${signed}` },
  );
  return (
    <div className="door">
      <div className="door-consent">
        <div className="door-consent-paper">
          <div className="door-say" style={{ fontSize: 40 }}>
            {d.say.sign}
          </div>
          {text === undefined ? <Loading /> : <ConsentPaper text={text} />}
        </div>
        {props.strip}
      </div>
      <aside className="ui-card door-panel" aria-live="polite">
        <Headline tone="not-done" icon={<EditOutlined />}>
          {signed ? t.signed : t.title}
        </Headline>
        <Who attempt={attempt} />
        {attempt.place !== null && (
          <p className="door-match-help">
            {d.seat(attempt.place.seat)} · {attempt.place.roomName} · {attempt.place.location}
          </p>
        )}
        <ConsentSignature strokes={strokes} onChange={setStrokes} disabled={door.busy} />
        <p className="door-consent-equal">{t.equal}</p>
        <Refusal error={door.refusal} />
        <ConsentChoice signed={signed && text !== undefined} busy={door.busy} onChoose={choose} keys />
        <AsideRow aside={aside} cancel={cancel} />
      </aside>
    </div>
  );
}
