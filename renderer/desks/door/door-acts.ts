import { isDefinedError, safe } from '@orpc/client';
import type { Attempt } from '../../../electron/features/checkin/contract.ts';
import { station } from '../../api/client.ts';
import { lookupOrder } from '../../features/checkin/lookup-order.ts';
import { play } from '../../ui/sounds.ts';
import type { Run } from './use-door.ts';
import type { DoorAt } from './use-lane.ts';

type Checkin = typeof station.checkin;
type Input<K extends keyof Checkin> = Parameters<Checkin[K]>[0];
type CandidateId = NonNullable<Attempt['candidateId']>;

/** What staff can do at a door. Each is one call; its answer changes the screen, its refusal is shown. */
export interface DoorActs {
  presentTicket: (text: string) => void;
  lookUp: (typed: string) => void;
  /** One of the matches, or somebody who waits beside the queue. */
  chooseMatch: (candidateId: CandidateId) => void;
  confirmCard: (card: Omit<Input<'confirmCardPicture'>, 'roomId' | 'lane'>) => void;
  presentOther: (document: Omit<Input<'presentOtherDocument'>, 'roomId' | 'lane'>) => void;
  admit: (attempt: Attempt) => void;
  admitByHand: (attempt: Attempt, wish: Omit<Input<'admitByHand'>, 'attemptId'>) => void;
  /** Pledge signed, and faces to be compared or not. */
  signConsent: (
    attempt: Attempt,
    wish: Omit<Parameters<typeof station.consent.sign>[0], 'candidateId' | 'lane'>,
  ) => void;
  /** Whoever stands at the door went out without being signed out: that is put on record, and they come back. */
  signOutForBreak: (attempt: Attempt) => void;
  callLead: (attempt: Attempt) => void;
  settle: (attempt: Attempt, wish: Omit<Input<'settleImpersonation'>, 'attemptId'>) => void;
  /** Two different persons, though it was found late. */
  clearLate: (wish: Input<'clearLateLikeness'>) => void;
  /** `attempt`: where the admission to be taken back is shown. */
  undo: (attempt: Attempt, wish: Input<'undoAdmission'>) => void;
  setAside: (attempt: Attempt) => void;
  dismiss: (attempt: Attempt) => void;
}

export function doorActs(
  at: DoorAt,
  run: Run,
  shown: {
    closeSide: () => void;
    wavedOn: (attemptId: string) => void;
    called: (attemptId: string) => void;
    readLane: () => Promise<unknown>;
  },
): DoorActs {
  const { checkin, consent, presence } = station;
  /** For what changes the record and answers something else: the lane is read before the desk goes on. */
  const thenRead = async (change: Promise<unknown>): Promise<null> => {
    await change;
    await shown.readLane();
    return null;
  };
  const admitted = () => play('admitted');
  const amber = () => play('amber');
  // The attempt may be the one that was open already: then nothing else takes the panel off the screen.
  const { closeSide } = shown;
  return {
    presentTicket: (text) => run(() => checkin.presentTicket({ ...at, text })),
    lookUp: (typed) =>
      run(async () => {
        const [first, second] = lookupOrder(typed);
        const by = {
          document: () => checkin.typeDocument({ ...at, documentNumber: typed }),
          ticket: () => checkin.presentTicket({ ...at, text: typed }),
        };
        const found = await safe(by[first!]());
        if (found.error === null) return found.data;
        // The first refusal says more than the second: it is about the list the number looks like.
        const other = second !== undefined && isDefinedError(found.error) ? await safe(by[second]()) : null;
        if (other?.error === null) return other.data;
        throw found.error;
      }, closeSide),
    chooseMatch: (candidateId) => run(() => checkin.chooseMatch({ ...at, candidateId }), closeSide),
    confirmCard: (card) => run(() => checkin.confirmCardPicture({ ...at, ...card }), closeSide),
    presentOther: (document) => run(() => checkin.presentOtherDocument({ ...at, ...document }), closeSide),
    admit: ({ attemptId }) => run(() => checkin.admit({ attemptId }), admitted),
    admitByHand: ({ attemptId }, wish) => run(() => checkin.admitByHand({ ...wish, attemptId }), admitted),
    signConsent: ({ candidateId }, wish) => {
      if (candidateId !== null) run(() => thenRead(consent.sign({ ...wish, candidateId, lane: at.lane })));
    },
    signOutForBreak: ({ candidateId }) => {
      if (candidateId === null) return;
      // The journal is read in Chinese, whatever the window speaks.
      run(() => thenRead(presence.signOut({ candidateId, kind: 'break', note: '离场时没有登记，返回时在门口补登' })));
    },
    callLead: ({ attemptId }) =>
      run(
        () => checkin.callLead({ attemptId }),
        () => shown.called(attemptId),
      ),
    settle: ({ attemptId }, wish) => run(() => checkin.settleImpersonation({ ...wish, attemptId })),
    clearLate: (wish) => run(() => thenRead(checkin.clearLateLikeness(wish)), closeSide),
    undo: ({ attemptId, outcome }, wish) =>
      run(
        () => thenRead(checkin.undoAdmission(wish)),
        () => {
          amber();
          closeSide();
          // An open attempt goes on with the same person, who may now be admitted anew.
          if (outcome !== null) shown.wavedOn(attemptId);
        },
      ),
    setAside: ({ attemptId }) => run(() => checkin.setAside({ attemptId }), amber),
    dismiss: ({ attemptId }) => run(() => checkin.dismiss({ attemptId })),
  };
}
