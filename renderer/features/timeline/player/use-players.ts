import { useEffect, useRef, useState } from 'react';
import type { RoomTimeline } from '../../../../electron/features/timeline/contract.ts';
import { askSegment } from './ask-segment.ts';
import { CameraPlayer, type Picture } from './camera-player.ts';
import type { PlayClock } from './play-clock.ts';

/** Pictures are held to the clock this often. */
const followMs = 80;
/** The clock waits for a picture no longer than this: one camera that does not come must not stop the others. */
const patienceMs = 2_500;

export interface Players {
  /** Gives a camera its video element; null takes it away. */
  attach: (cameraId: string) => (video: HTMLVideoElement | null) => void;
  of: (cameraId: string) => CameraPlayer | undefined;
  /** What there is to see of each camera now, in their order. */
  pictures: readonly Picture[];
  /** Why the station gives no video, where it does not. */
  error: unknown;
}

/** A player for every camera of the room, all held to one clock. */
export function usePlayers(room: RoomTimeline, clock: PlayClock): Players {
  const players = useRef(new Map<string, CameraPlayer>());
  const attachers = useRef(new Map<string, (video: HTMLVideoElement | null) => void>());
  const [error, setError] = useState<unknown>(null);
  const [pictures, setPictures] = useState<readonly Picture[]>([]);
  const { lookUpId } = room.lookUp;
  const baseMs = useRef(room.span.beginMs).current;
  const ids = room.cameras.map((c) => c.cameraId).join('\n');

  const attach = (cameraId: string) => {
    let attacher = attachers.current.get(cameraId);
    if (attacher === undefined) {
      attacher = (video) => {
        players.current.get(cameraId)?.close();
        players.current.delete(cameraId);
        const camera = room.cameras.find((c) => c.cameraId === cameraId);
        if (video === null || camera === undefined) return;
        const player = new CameraPlayer(video, baseMs, askSegment(lookUpId, camera.cameraId, setError));
        player.stored = camera.stored;
        players.current.set(cameraId, player);
      };
      attachers.current.set(cameraId, attacher);
    }
    return attacher;
  };

  useEffect(() => {
    for (const { cameraId, stored } of room.cameras) {
      const player = players.current.get(cameraId);
      if (player !== undefined) player.stored = stored;
    }
  }, [room.cameras]);

  useEffect(() => {
    let waitingSinceMs: number | null = null;
    let frame = 0;
    let followedMs = 0;
    const all = () => [...players.current.values()];
    const cameras = ids.split('\n');
    const step = (nowMs: number) => {
      const { wallMs, playing, speed } = clock.state;
      const isComing = playing && all().some((p) => p.pictureAt(wallMs) === 'coming');
      waitingSinceMs = isComing ? (waitingSinceMs ?? nowMs) : null;
      clock.tick(waitingSinceMs !== null && nowMs - waitingSinceMs < patienceMs);
      if (nowMs - followedMs >= followMs) {
        followedMs = nowMs;
        for (const player of all()) player.follow(wallMs, playing && !isComing, speed);
        const now = cameras.map((id): Picture => players.current.get(id)?.pictureAt(wallMs) ?? 'none');
        setPictures((before) => (before.join() === now.join() ? before : now));
      }
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [clock, ids]);

  return { attach, of: (cameraId) => players.current.get(cameraId), pictures, error };
}
