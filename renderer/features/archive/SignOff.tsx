import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EditOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';
import { sizeText } from '../../ui/size-text.ts';

/** The figures a closing stands for, beside the words of the missing things. */
export function ClosingFacts({ closing }: { closing: Closing }): ReactNode {
  const t = useTexts(closingTexts);
  const { people, marks, video, missing } = closing;
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: 'people', label: t.facts.people, children: t.peopleFact(people) },
        { key: 'marks', label: t.facts.marks, children: t.marksFact(marks) },
        {
          key: 'video',
          label: t.facts.video,
          children: t.videoFact(video.cameras, video.segments, sizeText(video.bytes), video.gaps),
        },
        { key: 'missing', label: t.facts.missing, children: t.missingFact(missing.length) },
      ]}
    />
  );
}

/** The site lead signs for the whole, with the figures beside the pad. */
export function SignOff({ closing }: { closing: Closing }): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const [pin, setPin] = useState('');
  const { sessionId } = closing;
  const signOff = useMutation(
    ask.archive.signOff.mutationOptions({
      onSuccess: (data) => queries.setQueryData(ask.archive.closing.queryKey({ input: { sessionId } }), data),
      onError: () => {
        setPin('');
        void queries.invalidateQueries({ queryKey: ask.archive.key() });
      },
    }),
  );
  const hint = strokes.length === 0 ? t.needStrokes : pin.length < 6 ? t.needPin : null;
  const ready = hint === null && !signOff.isPending;
  const sign = () => {
    if (ready) signOff.mutate({ sessionId, pin, strokes });
  };
  const rewrite = () => setStrokes([]);
  useKeys({ Enter: sign, F6: rewrite });
  return (
    <>
      <header className="closing-head">
        <h2>
          <EditOutlined /> {t.signOff}
        </h2>
        <span className="office-quiet">{t.signOffHelp}</span>
      </header>
      <ClosingFacts closing={closing} />
      <div className="closing-pad">
        <SignaturePad value={strokes} onChange={setStrokes} height={0} label={t.pad} disabled={signOff.isPending} />
        <small>{t.padHint}</small>
      </div>
      <div className="closing-pin">
        <span>{t.pin}</span>
        <PinInput
          value={pin}
          label={t.pin}
          disabled={signOff.isPending}
          onChange={(typed) => {
            setPin(typed);
            if (typed !== '') signOff.reset();
          }}
        />
        <span className={signOff.isError ? 'is-stop' : 'office-quiet'} role={signOff.isError ? 'alert' : undefined}>
          {signOff.isError ? sentenceOf(signOff.error) : hint}
        </span>
      </div>
      <div className="office-pair">
        <BigButton size={64} hint="F6" disabled={strokes.length === 0 || signOff.isPending} onPress={rewrite}>
          {t.rewrite}
        </BigButton>
        <BigButton size={64} blue={ready} hint="Enter" disabled={!ready} onPress={sign}>
          {t.sign}
        </BigButton>
      </div>
    </>
  );
}
