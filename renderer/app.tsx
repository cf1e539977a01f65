import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { ask, queryClient } from './api/query.ts';
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
const load = {
  door: () => import('./desks/door/DoorDesk.tsx'),
  sign: () => import('./desks/door/SignAhead.tsx'),
  room: () => import('./desks/room/RoomDesk.tsx'),
  examiner: () => import('./desks/examiner/ExaminerDesk.tsx'),
  office: () => import('./desks/office/OfficeDesk.tsx'),
};
const DoorDesk = lazy(load.door);
const SignAhead = lazy(load.sign);
const RoomDesk = lazy(load.room);
const ExaminerDesk = lazy(load.examiner);
const OfficeDesk = lazy(load.office);

// What the first picture waits for is fetched side by side, not one after the other.
const first = deskPathOf(window.location.pathname);
if (first.kind in load) void load[first.kind as keyof typeof load]();
void queryClient.prefetchQuery(ask.site.state.queryOptions());
void queryClient.prefetchQuery(ask.staff.me.queryOptions());

function Desk(): ReactNode {
  const path = deskPathOf(window.location.pathname);
  switch (path.kind) {
    case 'door':
      return <DoorDesk roomId={path.roomId} lane={path.lane} />;
    case 'sign':
      return <SignAhead roomId={path.roomId} />;
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
