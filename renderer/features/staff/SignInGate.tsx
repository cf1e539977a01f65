import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../../api/query.ts';
import { askForSignIn, signInDone, useSignInRequest } from '../../api/sign-in-request.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { SignIn } from './SignIn.tsx';
import { useIdleLock } from './use-idle-lock.ts';

/**
 * Nobody works at a desk without having signed in. Once somebody has, the desk stays mounted under any later sign-in,
 * so that a recording or a half-typed line outlives a lock, an expired session and a change of hands.
 */
export function SignInGate({ children }: { children: ReactNode }): ReactNode {
  const me = useQuery(ask.staff.me.queryOptions());
  const request = useSignInRequest();
  const [opened, setOpened] = useState(false);
  const signedIn = me.data != null;
  useEffect(() => {
    if (signedIn) setOpened(true);
  }, [signedIn]);

  useIdleLock(signedIn && request !== 'locked', () => askForSignIn('locked'));

  if (me.isPending) return <Loading />;
  if (me.isError && !opened) return <ReadFailed onRetry={() => void me.refetch()} />;
  const why = request ?? (me.data === null ? 'signed-out' : null);
  return (
    <>
      {opened && (
        <div className="ui-fill" inert={why !== null}>
          {children}
        </div>
      )}
      {why !== null && (
        <SignIn
          why={why}
          person={me.data ?? null}
          onDone={signInDone}
          onBack={why === 'wrong-role' ? signInDone : null}
        />
      )}
    </>
  );
}
