import { type SessionDocuments, staffNames } from './read-session.ts';
import type { RoomView, Stretch } from './view.ts';

/** Every room with its cameras, its panel and what was decided about the panel. @param segments  by camera, in order */
export function roomsView(documents: SessionDocuments, segments: ReadonlyMap<string, Stretch[]>): RoomView[] {
  const { plan, panels, recordings, sheets } = documents;
  const staff = staffNames(documents);
  const names = new Map(plan?.examiners.map((e) => [e.examinerId, e.name]));
  const nameOf = (examinerId: string) => names.get(examinerId) || examinerId;
  const gapsOf = new Map(recordings?.map((r) => [r.cameraId, r.gaps]));
  return (plan?.rooms ?? []).map((room) => {
    const proof = panels?.rooms.find((r) => r.roomId === room.roomId);
    const changes = (proof?.changes ?? []).toSorted((a, b) => a.version - b.version);
    const planned = proof?.planned ?? plan?.panels.filter((p) => p.roomId === room.roomId) ?? [];
    const panel = (changes.at(-1)?.panel ?? planned).filter((p) => p.duty !== 'reserve');
    return {
      roomId: room.roomId,
      name: room.name,
      location: room.location,
      cameras: room.cameras.map((c) => ({
        cameraId: c.cameraId,
        label: c.label,
        segments: segments.get(c.cameraId) ?? [],
        // Of a gap that nothing ended the page shows the beginning.
        gaps: (gapsOf.get(c.cameraId) ?? []).map((g) => [g.beginMs, g.endMs ?? g.beginMs, g.reason]),
      })),
      panel: panel.map((seat) => {
        const sheet = sheets?.sheets.find((s) => s.roomId === room.roomId && s.examinerId === seat.examinerId);
        return {
          name: nameOf(seat.examinerId),
          duty: seat.duty,
          checkCode: sheet?.checkCode ?? null,
          lockedMs: sheet?.lockedAtMs ?? null,
          signed: sheets?.signatures.some((s) => s.roomId === room.roomId && s.examinerId === seat.examinerId) ?? false,
        };
      }),
      changes: changes.map((c) => ({
        act: c.act,
        reason: c.reason,
        by: staff(c.byStaffId),
        atMs: c.atMs,
        panel: c.panel.map((p) => nameOf(p.examinerId)),
      })),
      evaluations: (proof?.evaluations ?? []).map((e) => ({
        stage: e.stage,
        atMs: e.atMs,
        clauses: Object.fromEntries([...Map.groupBy(e.clauses, (c) => c.outcome)].map(([o, some]) => [o, some.length])),
        decided: e.decisions.length,
      })),
    };
  });
}
