import type { ReactNode } from 'react';
import { unreachable } from '../../../electron/lib/result.ts';
import type { DoorCamera } from '../../features/checkin/use-camera.ts';
import { AlreadyInPanel } from './panels/AlreadyInPanel.tsx';
import { CapturingPanel } from './panels/CapturingPanel.tsx';
import { LookupPanel } from './panels/LookupPanel.tsx';
import { NeedPanel } from './panels/NeedPanel.tsx';
import { LatePanel, NotHerePanel, TooEarlyPanel, UnknownPersonPanel } from './panels/StopPanels.tsx';
import { UndoPanel } from './panels/UndoPanel.tsx';
import { UnknownOutcomePanel } from './panels/UnknownOutcomePanel.tsx';
import { AdmittedPanel, MayEnterPanel } from './panels/VerdictPanel.tsx';
import { WaitingList } from './panels/WaitingList.tsx';
import { NoSessionPanel, OverPanel, ReaderLostPanel, WaitingPanel } from './panels/WaitingPanel.tsx';
import type { Door } from './use-door.ts';

/** The right card: verdict at the top, action at the bottom; they never move. */
export function DoorPanel({ door, camera }: { door: Door; camera: DoorCamera }): ReactNode {
  const { scene } = door;
  if (door.unknown) return <UnknownOutcomePanel door={door} />;
  if (door.side === 'look-up') return <LookupPanel door={door} />;
  if (door.side === 'waiting-list') return <WaitingList door={door} />;
  if (door.side === 'undo' && 'attempt' in scene) return <UndoPanel door={door} attempt={scene.attempt} />;
  const [late] = door.lane.lateLikenesses;
  if (door.side === 'undo-late' && late) return <UndoPanel door={door} attempt={late.attempt} />;
  switch (scene.kind) {
    case 'no-session':
      return <NoSessionPanel lane={door.lane} />;
    case 'over':
      return <OverPanel door={door} />;
    case 'waiting':
      return <WaitingPanel door={door} />;
    case 'reader-lost':
      return <ReaderLostPanel door={door} />;
    case 'need-card':
      return <NeedPanel door={door} attempt={scene.attempt} what="card" />;
    case 'need-ticket':
      return <NeedPanel door={door} attempt={scene.attempt} what="ticket" />;
    case 'capturing':
      return <CapturingPanel door={door} attempt={scene.attempt} ticketToo={scene.ticketToo} camera={camera} />;
    case 'may-enter':
      return <MayEnterPanel door={door} attempt={scene.attempt} />;
    case 'admitted':
      return <AdmittedPanel door={door} scene={scene} />;
    case 'not-here':
      return <NotHerePanel door={door} scene={scene} />;
    case 'already-in':
      return <AlreadyInPanel door={door} scene={scene} />;
    case 'too-early':
      return <TooEarlyPanel door={door} scene={scene} />;
    case 'late':
      return <LatePanel door={door} scene={scene} />;
    case 'unknown-person':
      return <UnknownPersonPanel door={door} scene={scene} />;
    // Both halves of the desk are theirs.
    case 'manual':
    case 'consent':
    case 'possible-impersonation':
      return null;
    default:
      return unreachable(scene);
  }
}
