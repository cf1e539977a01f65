import type { DrawInput } from './draw-input.ts';

/** Who sits where, as published: one entry for every seat, in the order of the input's panels and their seats. */
export interface DrawnSeat {
  sessionId: string;
  roomId: string;
  role: 'lead' | 'member' | 'supervisor';
  examinerId: string;
}

export type DrawBreach =
  | { code: 'seats-differ'; sessionId: string; roomId: string }
  | { code: 'not-eligible'; seat: DrawnSeat }
  | { code: 'two-places-at-once'; examinerId: string; sessions: [string, string] }
  | { code: 'too-many-a-day'; examinerId: string; day: string }
  | { code: 'too-long-in-a-row'; examinerId: string; sessionId: string }
  | { code: 'apart'; examiners: [string, string]; sessionId: string; roomId: string }
  | { code: 'too-few-new'; sessionId: string; roomId: string };

/**
 * Every rule a drawn assignment breaks; empty means lawful. Written from the rules, not from the draw: it shares neither
 * code nor representation with it, so that a mistake of the one is seen by the other.
 */
export function drawBreaches(input: DrawInput, drawn: readonly DrawnSeat[]): DrawBreach[] {
  return [...seatBreaches(input, drawn), ...personBreaches(input, drawn), ...panelBreaches(input, drawn)];
}

const inPanel = (drawn: readonly DrawnSeat[], p: { sessionId: string; roomId: string }) =>
  drawn.filter((d) => d.sessionId === p.sessionId && d.roomId === p.roomId);

function seatBreaches(input: DrawInput, drawn: readonly DrawnSeat[]): DrawBreach[] {
  const breaches: DrawBreach[] = [];
  for (const panel of input.panels) {
    const { sessionId, roomId } = panel;
    const seats = inPanel(drawn, panel);
    const roles = (list: readonly string[]) => [...list].sort().join();
    if (roles(seats.map((s) => s.role)) !== roles(panel.seats))
      breaches.push({ code: 'seats-differ', sessionId, roomId });
    for (const seat of seats) {
      const eligible: readonly string[] = panel.eligible[seat.role];
      if (!eligible.includes(seat.examinerId)) breaches.push({ code: 'not-eligible', seat });
    }
  }
  const planned = new Set(input.panels.map((p) => `${p.sessionId}/${p.roomId}`));
  for (const { sessionId, roomId } of drawn) {
    if (!planned.has(`${sessionId}/${roomId}`)) breaches.push({ code: 'seats-differ', sessionId, roomId });
  }
  return breaches;
}

function personBreaches(input: DrawInput, drawn: readonly DrawnSeat[]): DrawBreach[] {
  const breaches: DrawBreach[] = [];
  const { limits } = input;
  for (const { examinerId, inARow } of input.examiners) {
    const served = input.sessions.flatMap((session) =>
      drawn.some((d) => d.examinerId === examinerId && d.sessionId === session.sessionId) ? [session] : [],
    );
    for (const [i, a] of served.entries()) {
      const twice = drawn.filter((d) => d.examinerId === examinerId && d.sessionId === a.sessionId).length > 1;
      if (twice) breaches.push({ code: 'two-places-at-once', examinerId, sessions: [a.sessionId, a.sessionId] });
      for (const b of served.slice(i + 1)) {
        if (a.startsAtMs < b.endsAtMs && b.startsAtMs < a.endsAtMs) {
          breaches.push({ code: 'two-places-at-once', examinerId, sessions: [a.sessionId, b.sessionId] });
        }
      }
    }
    for (const [day, sessions] of Map.groupBy(served, (s) => s.day)) {
      if (sessions.length > limits.dutiesPerDay) breaches.push({ code: 'too-many-a-day', examinerId, day });
    }
    // Only a session at another site breaks a row, and none is drawn here.
    for (const session of served.slice(Math.max(limits.inARow - inARow, 0))) {
      breaches.push({ code: 'too-long-in-a-row', examinerId, sessionId: session.sessionId });
    }
  }
  return breaches;
}

function panelBreaches(input: DrawInput, drawn: readonly DrawnSeat[]): DrawBreach[] {
  const breaches: DrawBreach[] = [];
  const started = new Map(input.sessions.map((s, i) => [s.sessionId as string, i]));
  const markers = (p: { sessionId: string; roomId: string }) =>
    inPanel(drawn, p)
      .filter((d) => d.role !== 'supervisor')
      .map((d) => d.examinerId);
  for (const panel of input.panels) {
    const { sessionId, roomId } = panel;
    const sitting = new Set(inPanel(drawn, panel).map((d) => d.examinerId));
    for (const [a, b] of input.apart) {
      if (sitting.has(a) && sitting.has(b)) breaches.push({ code: 'apart', examiners: [a, b], sessionId, roomId });
    }
    const earlier = input.panels.filter(
      (p) => p.roomId === roomId && started.get(p.sessionId)! < started.get(sessionId)!,
    );
    const last = earlier.sort((a, b) => started.get(a.sessionId)! - started.get(b.sessionId)!).at(-1);
    const before: readonly string[] = last ? markers(last) : panel.before;
    const here = markers(panel);
    const fresh = here.filter((id) => !before.includes(id)).length;
    const wanted = input.limits.newOneIn === 0 ? 0 : Math.ceil(here.length / input.limits.newOneIn);
    if (before.length > 0 && fresh < wanted) breaches.push({ code: 'too-few-new', sessionId, roomId });
  }
  return breaches;
}
