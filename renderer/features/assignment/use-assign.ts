import { ORPCError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssignmentBoard, SeatCandidate, ShownFinding } from '../../../electron/features/assignment/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';

/** What has to be said before the station assigns. */
export interface ReasonWanted {
  findings: ShownFinding[];
  passedOver: string | null;
}

const reasonWanted = (error: unknown): ReasonWanted | null =>
  error instanceof ORPCError && error.defined && error.code === 'REASON_NEEDED' ? (error.data as ReasonWanted) : null;

/**
 * Changes of the board. A reason the station asks for comes back as `wanted`, not as an error; whatever else it says, the
 * board is read again, since another desk may have been faster.
 */
export function useAssign(board: AssignmentBoard, onDone: () => void) {
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const { sessionId } = board.session;
  const [wanted, setWanted] = useState<ReasonWanted | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const settled = {
    onSuccess: (now: AssignmentBoard) => {
      queries.setQueryData(ask.assignment.board.queryKey({ input: { sessionId } }), now);
      setWanted(null);
      setProblem(null);
      onDone();
    },
    onError: (error: unknown) => {
      const reason = reasonWanted(error);
      setWanted(reason);
      setProblem(reason === null ? sentenceOf(error) : null);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.key() }),
  };
  const seat = useMutation(ask.assignment.seat.mutationOptions(settled));
  const remove = useMutation(ask.assignment.remove.mutationOptions(settled));
  const submit = useMutation(ask.assignment.submit.mutationOptions(settled));
  const versions = Object.fromEntries(board.rooms.map((r) => [r.roomId, r.version]));
  return {
    wanted,
    problem,
    busy: seat.isPending || remove.isPending || submit.isPending,
    forget: () => {
      setWanted(null);
      setProblem(null);
    },
    assign: (
      at: {
        room: AssignmentBoard['rooms'][number];
        duty: 'lead' | 'member';
        replacing: SeatCandidate['examinerId'] | null;
      },
      examinerId: SeatCandidate['examinerId'],
      reason: string,
    ) => {
      const { roomId, version } = at.room;
      seat.mutate({ sessionId, roomId, version, duty: at.duty, replacing: at.replacing, examinerId, reason });
    },
    takeOff: (wish: Omit<Parameters<typeof remove.mutate>[0], 'sessionId'>) => remove.mutate({ sessionId, ...wish }),
    handIn: (reason: string) => submit.mutate({ sessionId, versions, reason }),
  };
}
