import './door.css';
import '../../features/consent/consent.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { LookUpAnswer } from '../../../electron/features/checkin/contract.ts';
import type { FaceConsent } from '../../../electron/features/consent/contract.ts';
import { ask } from '../../api/query.ts';
import { ConsentChoice } from '../../features/consent/ConsentChoice.tsx';
import { ConsentPaper, useConsentText } from '../../features/consent/ConsentPaper.tsx';
import { ConsentSignature } from '../../features/consent/ConsentSignature.tsx';
import { consentTexts } from '../../texts/consent.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { CheckCircleFilled } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import type { SignatureStrokes } from '../../ui/SignaturePad.tsx';
import { Status } from '../../ui/Status.tsx';

type RoomId = LookUpAnswer['matches'][number]['roomId'];
type Candidate = Pick<LookUpAnswer['matches'][number], 'candidateId' | 'name'>;

/** How much of a number's end is asked for, and how much of it the station looks up at most. */
const leastDigits = 6;
const mostDigits = 8;
/** A document's number has no more; a longer code is a ticket's. */
const longestNumber = 18;

/**
 * A tablet beside the queue: the next candidate finds themselves by their ticket and signs, so that the door is quick. Made
 * for fingers; nothing of anybody stays on it, and nobody's number is shown.
 */
export default function SignAhead({ roomId }: { roomId: string }): ReactNode {
  const t = useTexts(consentTexts);
  const at = { roomId: roomId as RoomId, lane: 1 };
  const plan = useQuery(ask.plan.current.queryOptions()).data;
  const roomName = plan?.sessions.flatMap((s) => s.rooms).find((r) => r.roomId === roomId)?.name ?? roomId;
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [done, setDone] = useState<FaceConsent | null>(null);
  const begin = () => {
    setCandidate(null);
    setDone(null);
  };
  return (
    <DeskFrame desk={t.aheadTitle} where={t.aheadWhere(roomName)}>
      {done !== null ? (
        <Done face={done} onNext={begin} />
      ) : candidate === null ? (
        <FindMe at={at} onFound={setCandidate} />
      ) : (
        <SignHere key={candidate.candidateId} candidate={candidate} onDone={setDone} onBack={begin} />
      )}
    </DeskFrame>
  );
}

function FindMe(props: { at: { roomId: RoomId; lane: number }; onFound: (candidate: Candidate) => void }): ReactNode {
  const t = useTexts(consentTexts);
  const sentence = useErrorSentence();
  const [typed, setTyped] = useState('');
  const find = useMutation(
    ask.checkin.lookUp.mutationOptions({
      onSuccess: ({ matches, total }) => {
        if (total === 1) props.onFound(matches[0]!);
      },
    }),
  );
  const look = (number: string) => {
    const end = number.replace(/\s/g, '').slice(-mostDigits);
    if (end.length >= leastDigits && !find.isPending) find.mutate({ ...props.at, tail: end });
  };
  const byTicket = useMutation(ask.checkin.whoseTicket.mutationOptions({ onSuccess: props.onFound }));
  const scanned = (text: string) => {
    if (find.isPending || byTicket.isPending) return;
    find.reset();
    if (/^[0-9A-Za-z]+$/.test(text) && text.length <= longestNumber) look(text);
    else byTicket.mutate({ ...props.at, text });
  };
  useKeys({ Enter: () => look(typed), Escape: () => setTyped('') }, { onScan: scanned });
  const several = find.data !== undefined && find.data.total > 1 ? find.data.matches : [];
  const press = (digit: string) => {
    find.reset();
    byTicket.reset();
    setTyped((now) => (digit === '←' ? now.slice(0, -1) : (now + digit).slice(0, mostDigits)));
  };
  return (
    <div className="sign-ahead">
      <section className="sign-ahead-ask">
        <h2>{t.aheadAsk}</h2>
        <p>{t.aheadHelp}</p>
        {several.length > 0 ? (
          <div className="sign-ahead-who">
            <b>{t.aheadChoose}</b>
            {several.map((match) => (
              <button
                key={match.candidateId}
                type="button"
                className="consent-tile"
                onClick={() => props.onFound(match)}
              >
                <b>{match.name}</b>
              </button>
            ))}
            <BigButton size={64} onPress={() => press('←')}>
              {t.notMe}
            </BigButton>
          </div>
        ) : (
          <>
            <Input
              data-enter="desk"
              value={typed}
              inputMode="none"
              maxLength={mostDigits}
              autoComplete="off"
              aria-label={t.aheadAsk}
              onChange={(event) => setTyped(event.target.value.normalize('NFKC').replace(/[^0-9A-Za-z]/g, ''))}
            />
            <p className="sign-ahead-said" role="status">
              {find.data?.total === 0 && <Status kind="look">{t.aheadNobody}</Status>}
              {find.isError && <Status kind="look">{sentence(find.error)}</Status>}
              {byTicket.isError && <Status kind="look">{sentence(byTicket.error)}</Status>}
            </p>
            <BigButton
              size={136}
              blue
              disabled={typed.length < leastDigits || find.isPending}
              onPress={() => look(typed)}
            >
              {t.aheadGo}
            </BigButton>
          </>
        )}
      </section>
      <div className="sign-ahead-keys">
        {[...'123456789', 'X', '0', '←'].map((digit) => (
          <button key={digit} type="button" className="ui-button" onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
      </div>
    </div>
  );
}

function SignHere(props: { candidate: Candidate; onDone: (face: FaceConsent) => void; onBack: () => void }): ReactNode {
  const { candidateId, name } = props.candidate;
  const t = useTexts(consentTexts);
  const sentence = useErrorSentence();
  const text = useConsentText();
  const before = useQuery(ask.consent.of.queryOptions({ input: { candidateId }, staleTime: 0 })).data;
  const [again, setAgain] = useState(false);
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const sign = useMutation(ask.consent.sign.mutationOptions({ onSuccess: (signed) => props.onDone(signed.face) }));
  const choose = (face: FaceConsent) => {
    if (text !== undefined && strokes.length > 0 && !sign.isPending) {
      sign.mutate({ candidateId, face, textSha256: text.sha256, strokes, lane: 1 });
    }
  };
  useKeys({ Escape: props.onBack });
  if (text === undefined || before === undefined) return <Loading />;
  if (before.consent !== null && !again) {
    return (
      <div className="sign-ahead-done">
        <CheckCircleFilled />
        <h2>{name}</h2>
        <p>
          {t.aheadAlready} · {t.aheadAlreadyHelp}
        </p>
        <div className="ui-row">
          <BigButton size={64} onPress={() => setAgain(true)}>
            {t.signAgain}
          </BigButton>
          <BigButton size={64} blue onPress={props.onBack}>
            {t.aheadNext}
          </BigButton>
        </div>
      </div>
    );
  }
  return (
    <div className="sign-ahead-paper">
      <header>
        <h2>{name}</h2>
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.notMe}
        </BigButton>
      </header>
      <ConsentPaper text={text} />
      <ConsentSignature strokes={strokes} onChange={setStrokes} disabled={sign.isPending} />
      <p className="sign-ahead-said" role="status">
        {sign.isError ? <Status kind="look">{sentence(sign.error)}</Status> : t.equal}
      </p>
      <ConsentChoice signed={strokes.length > 0} busy={sign.isPending} onChoose={choose} keys={false} />
    </div>
  );
}

function Done({ face, onNext }: { face: FaceConsent; onNext: () => void }): ReactNode {
  const t = useTexts(consentTexts);
  useKeys({ Enter: onNext });
  return (
    <div className="sign-ahead-done">
      <CheckCircleFilled />
      <h2>{t.aheadDone}</h2>
      <p>{face === 'agreed' ? t.aheadDoneFace : t.aheadDoneHand}</p>
      <BigButton size={136} blue onPress={onNext}>
        {t.aheadNext}
      </BigButton>
    </div>
  );
}
