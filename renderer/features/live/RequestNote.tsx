import './live.css';
import type { ReactNode } from 'react';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BellFilled } from '../../ui/icons.tsx';
import { openOf, useRequestSound, useSupervision } from './use-supervision.ts';

/** On every page of the office: how many requests of the centre wait, heard once when one comes. */
export function RequestNote({ onOpen }: { onOpen: () => void }): ReactNode {
  const t = useTexts(liveTexts);
  const state = useSupervision();
  useRequestSound(state);
  const waiting = openOf(state).length;
  if (waiting === 0) return null;
  return (
    <button type="button" className="live-waiting" onClick={onOpen}>
      <BellFilled /> {t.waitingRequests(waiting)}
    </button>
  );
}
