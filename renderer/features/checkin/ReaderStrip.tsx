import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DoorReader } from '../../../electron/features/checkin/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { doorTexts } from '../../texts/door.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CheckCircleOutlined, DisconnectOutlined } from '../../ui/icons.tsx';
import { clockText } from '../../ui/time-text.ts';
import { CardIcon } from './door-icons.tsx';

interface Strip {
  tone: 'plain' | 'done' | 'look' | 'stop';
  icon: ReactNode;
  words: string;
  help: string;
}

/** The reader's state, always in the same place, read from where the card is put down. */
export function ReaderStrip(props: {
  reader: DoorReader;
  at: { roomId: RoomId; lane: number };
  /** When this window saw the reader go; the station's time, in ms. */
  lostSinceMs: number | null;
  cameraWord: string;
  /** Someone has just been admitted: the next card may come. */
  afterAdmission: boolean;
}): ReactNode {
  const t = useTexts(doorTexts);
  const strip = stripOf(props, t);
  const which = useReaderName(props.at);
  return (
    <section className={`door-reader is-tone-${strip.tone}`} role="status">
      {strip.icon}
      <span>{strip.words}</span>
      <small>
        <span>{strip.help}</span>
        {which !== null && <span>{which}</span>}
      </small>
    </section>
  );
}

/** Name and module number of the reader at this lane, as its label and the journal have them; null where there is none. */
function useReaderName(input: { roomId: RoomId; lane: number }): string | null {
  // Seldom changes, and a line of small print: an answer ten seconds old is good enough.
  const { data } = useQuery({ ...ask.site.readerOf.queryOptions({ input }), refetchInterval: 10_000, retry: false });
  if (!data?.reader) return null;
  const { label, samId } = data.reader;
  return samId === null ? label : `${label} ${samId}`;
}

function stripOf(
  { reader, lostSinceMs, cameraWord, afterAdmission }: Parameters<typeof ReaderStrip>[0],
  texts: (typeof doorTexts)['en'],
): Strip {
  const t = texts.reader;
  switch (reader.kind) {
    case 'none':
      return { tone: 'plain', icon: <CardIcon />, words: t.none, help: t.noneHelp };
    case 'elsewhere':
      return {
        tone: 'look',
        icon: <CardIcon />,
        words: t.elsewhere(reader.roomName, reader.lane),
        help: t.elsewhereHelp,
      };
    case 'lost':
      return {
        tone: 'stop',
        icon: <DisconnectOutlined />,
        words: t.lost,
        help: t.lostSince(lostSinceMs === null ? '' : clockText(lostSinceMs)),
      };
    case 'waiting':
      if (afterAdmission) return { tone: 'done', icon: <CheckCircleOutlined />, words: t.next, help: t.waiting };
      return { tone: 'done', icon: <CardIcon />, words: t.waiting, help: t.waitingHelp(cameraWord) };
    case 'reading':
      return { tone: 'plain', icon: <CardIcon />, words: t.reading, help: t.replaceHelp };
    case 'take-away':
      return { tone: 'look', icon: <CardIcon />, words: t['take-away'], help: t.takeAwayHelp };
    case 'replace':
      return { tone: 'look', icon: <CardIcon />, words: t.replace, help: t.replaceHelp };
    case 'rejected': {
      const status = reader.status.toString(16).toUpperCase().padStart(2, '0');
      return { tone: 'look', icon: <CardIcon />, words: t.rejected, help: t.rejectedHelp(status) };
    }
    default:
      return unreachable(reader);
  }
}
