import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Attempt } from '../../../electron/features/checkin/contract.ts';
import { ask } from '../../api/query.ts';

/** A blob as an address for an image element, given back when it goes out of use. */
export function useBlobAddress(blob: Blob | null | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (blob == null) return setAddress(null);
    const made = URL.createObjectURL(blob);
    setAddress(made);
    // An image element may still be fetching it in this frame.
    return () => void setTimeout(() => URL.revokeObjectURL(made), 1000);
  }, [blob]);
  return address;
}

type ImageName = keyof Attempt['images'];

/** A picture of an attempt, or null while there is none. Kept in memory only as long as the door shows it. */
export function useAttemptImage(
  attemptId: Attempt['attemptId'] | undefined,
  which: ImageName,
  there: boolean,
): string | null {
  const image = useQuery(
    ask.checkin.image.queryOptions({
      input: { attemptId: attemptId!, which },
      enabled: attemptId !== undefined && there,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
    }),
  );
  return useBlobAddress(there ? image.data : null);
}
