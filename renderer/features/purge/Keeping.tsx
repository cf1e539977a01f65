import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { PurgeRow } from '../../../electron/features/purge/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { purgeTexts } from '../../texts/purge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { sizeText } from '../../ui/size-text.ts';
import { dateText } from '../../ui/time-text.ts';
import { PurgeSheet } from './PurgeSheet.tsx';
import './purge.css';

/** What of a delivered session is still on this machine, from when it may be taken away, and who did. */
export function Keeping({ sessionId, mayLead }: { sessionId: SessionId; mayLead: boolean }): ReactNode {
  const t = useTexts(purgeTexts);
  const view = useQuery(ask.purge.of.queryOptions({ input: { sessionId } })).data;
  const [asked, setAsked] = useState<PurgeRow | null>(null);
  const certificate = useMutation(
    ask.purge.certificate.mutationOptions({
      onSuccess: ({ text, signature }, { purgeId }) => {
        saveFile(`${purgeId}.json`, new Blob([text], { type: 'application/json' }));
        saveFile(`${purgeId}.json.sig`, new Blob([signature], { type: 'text/plain' }));
      },
    }),
  );
  if (view === undefined) return null;
  return (
    <section className="keeping" aria-label={t.title}>
      {view.rows.some((row) => row.files > 0) && <b>{t.here}</b>}
      <ul>
        {view.rows.map((row) => (
          <li key={row.kind}>
            <span>{wordsOf(t, row)}</span>
            {mayLead && row.state === 'ready' && (
              <BigButton size={36} onPress={() => setAsked(row)}>
                {t.run(t.kinds[row.kind])}
              </BigButton>
            )}
            {row.done && (
              <BigButton
                size={36}
                disabled={certificate.isPending}
                onPress={() => certificate.mutate({ purgeId: row.done!.purgeId })}
              >
                {t.certificate}
              </BigButton>
            )}
          </li>
        ))}
      </ul>
      <p>{t.twoPersons}</p>
      {asked && (
        <PurgeSheet
          sessionId={sessionId}
          row={asked}
          receiptNumber={view.receiptNumber ?? ''}
          onDone={() => setAsked(null)}
        />
      )}
    </section>
  );
}

function wordsOf(t: (typeof purgeTexts)['zh-CN'], row: PurgeRow): string {
  const kind = t.kinds[row.kind];
  if (row.state === 'ready') return t.ready(kind, String(row.files), sizeText(row.bytes));
  if (row.done && row.files === 0) {
    const { atMs, files, byName, secondName } = row.done;
    return t.done(kind, atMs, String(files), byName, secondName);
  }
  return row.files === 0 ? t.nothing(kind) : t.from(kind, dateText(row.fromMs), row.days);
}
