import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../../api/query.ts';
import { onStationEvent } from '../../api/station-events.tsx';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { ReaderForm } from './ReaderForm.tsx';
import { ReaderRow } from './ReaderRow.tsx';

/** Which form is open: that of one reader, or the one for another reader. */
type Editing = { kind: 'none' } | { kind: 'new' } | { kind: 'reader'; readerId: string };

const MAX_READERS = 8;

/** The readers of the site as they are now; one form at a time to add or change one. */
export function ReadersCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  // A port that is plugged in appears without anyone asking again.
  const query = useQuery({ ...ask.site.readers.queryOptions(), refetchInterval: 5_000, staleTime: 0 });
  const [editing, setEditing] = useState<Editing>({ kind: 'none' });
  const renew = () => void queries.invalidateQueries({ queryKey: ask.site.readers.key() });
  useEffect(
    () =>
      onStationEvent((event) => {
        if (event.kind === 'reader') void queries.invalidateQueries({ queryKey: ask.site.readers.key() });
      }),
    [queries],
  );
  if (query.data === undefined) {
    return (
      <section className="ui-card devices-card">
        {query.isError ? <ReadFailed onRetry={renew} sentence={sentenceOf(query.error)} /> : <Loading />}
      </section>
    );
  }
  const { readers, ports, portsUnknown } = query.data;
  const close = () => {
    setEditing({ kind: 'none' });
    renew();
  };
  const newLabel = (): string => {
    const taken = new Set(readers.map((r) => r.label));
    let n = readers.length + 1;
    while (taken.has(t.readerLabel(n))) n += 1;
    return t.readerLabel(n);
  };
  return (
    <section className="ui-card devices-card">
      <header className="devices-head">
        <h2>{t.readers}</h2>
        {editing.kind !== 'new' && readers.length < MAX_READERS && (
          <BigButton size={36} blue={readers.length === 0} onPress={() => setEditing({ kind: 'new' })}>
            {t.addReader}
          </BigButton>
        )}
      </header>
      {readers.length === 0 && editing.kind !== 'new' && (
        <>
          <p className="devices-state" role="status">
            <Status kind="not-done">{t.readerNow.none}</Status>
          </p>
          <p className="devices-quiet">{t.noneHelp}</p>
        </>
      )}
      <ul className="devices-readers">
        {readers.map((reader) => (
          <li key={reader.readerId}>
            <ReaderRow reader={reader} onEdit={() => setEditing({ kind: 'reader', readerId: reader.readerId })} />
            {editing.kind === 'reader' && editing.readerId === reader.readerId && (
              <ReaderForm reader={reader} ports={ports} portsUnknown={portsUnknown} onClose={close} />
            )}
          </li>
        ))}
      </ul>
      {editing.kind === 'new' && (
        <ReaderForm reader={null} usualLabel={newLabel()} ports={ports} portsUnknown={portsUnknown} onClose={close} />
      )}
    </section>
  );
}
