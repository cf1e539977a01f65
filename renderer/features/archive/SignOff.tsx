import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { EditOutlined } from '../../ui/icons.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { SelfTestRow } from './SelfTestRow.tsx';
import { SignHere } from './SignHere.tsx';

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
  const queries = useQueryClient();
  const { sessionId } = closing;
  const signOff = useMutation(
    ask.archive.signOff.mutationOptions({
      onSuccess: (data) => queries.setQueryData(ask.archive.closing.queryKey({ input: { sessionId } }), data),
      onError: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  return (
    <>
      <header className="closing-head">
        <h2>
          <EditOutlined /> {t.signOff}
        </h2>
        <span className="office-quiet">{t.signOffHelp}</span>
      </header>
      <ClosingFacts closing={closing} />
      <SelfTestRow sessionId={sessionId} mayLead />
      <SignHere
        label={t.pad}
        action={t.sign}
        pending={signOff.isPending}
        error={signOff.error}
        onTyped={signOff.reset}
        onSign={(hand, refused) => signOff.mutate({ sessionId, ...hand }, { onError: refused })}
      />
    </>
  );
}

/** The lead signs for the reasons of what is missing, which stand beside the pad. */
export function SignDeclarations({ closing }: { closing: Closing }): ReactNode {
  const t = useTexts(closingTexts);
  const v = useTexts(volumesTexts);
  const queries = useQueryClient();
  const { sessionId } = closing;
  const sign = useMutation(
    ask.archive.signDeclarations.mutationOptions({
      onSuccess: (data) => queries.setQueryData(ask.archive.closing.queryKey({ input: { sessionId } }), data),
      onError: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  return (
    <>
      <header className="closing-head">
        <h2>
          <EditOutlined /> {v.signDeclarations}
        </h2>
        <span className="office-quiet">{v.signDeclarationsHelp}</span>
      </header>
      <ol className="declared-list">
        {closing.missing.map((item) => (
          <li key={item.itemId}>
            <b>{t.items[item.code](item.facts)}</b> {item.declared?.reason}
          </li>
        ))}
      </ol>
      <SignHere
        label={t.pad}
        action={v.signDeclarationsDo}
        pending={sign.isPending}
        error={sign.error}
        onTyped={sign.reset}
        onSign={(hand, refused) => sign.mutate({ sessionId, ...hand }, { onError: refused })}
      />
    </>
  );
}
