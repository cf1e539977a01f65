import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { queryClient } from './api/query.ts';
import { StationEvents } from './api/station-events.tsx';
import { deskPathOf } from './desk-path.ts';
import { Home } from './desks/home/Home.tsx';
import { FirstStart } from './features/site/FirstStart.tsx';
import { SiteGate } from './features/site/SiteGate.tsx';
import { SignInGate } from './features/staff/SignInGate.tsx';
import { LanguageProvider } from './texts/language.tsx';
import { Crash } from './ui/Crash.tsx';
import { Loading } from './ui/Loading.tsx';
import { StationTheme } from './ui/theme.tsx';

// Each desk is its own chunk: the door must not wait for the marking grid's code.
const DoorDesk = lazy(() => import('./desks/door/DoorDesk.tsx'));
const RoomDesk = lazy(() => import('./desks/room/RoomDesk.tsx'));
const ExaminerDesk = lazy(() => import('./desks/examiner/ExaminerDesk.tsx'));
const OfficeDesk = lazy(() => import('./desks/office/OfficeDesk.tsx'));

function Desk(): ReactNode {
  const path = deskPathOf(window.location.pathname);
  switch (path.kind) {
    case 'door':
      return <DoorDesk roomId={path.roomId} />;
    case 'room':
      return <RoomDesk roomId={path.roomId} />;
    case 'examiner':
      return <ExaminerDesk />;
    case 'office':
      return <OfficeDesk />;
    default:
      return <Home />;
  }
}

export function App(): ReactNode {
  const atSetup = deskPathOf(window.location.pathname).kind === 'setup';
  return (
    <LanguageProvider>
      <StationTheme>
        <Crash>
          <QueryClientProvider client={queryClient}>
            <StationEvents />
            <SiteGate>
              {atSetup ? (
                <FirstStart />
              ) : (
                <SignInGate>
                  <Suspense fallback={<Loading />}>
                    <Desk />
                  </Suspense>
                </SignInGate>
              )}
            </SiteGate>
          </QueryClientProvider>
        </Crash>
      </StationTheme>
    </LanguageProvider>
  );
}
