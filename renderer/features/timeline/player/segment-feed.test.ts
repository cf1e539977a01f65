import { expect, test } from 'vitest';
import { type FedSegment, SegmentFeed } from './segment-feed.ts';

const segment = (beginMs: number): FedSegment => ({
  beginMs,
  endMs: beginMs + 4000,
  frames: 60,
  mediaType: 'video/mp4',
  firstPictureAt: 0,
  bytes: new ArrayBuffer(1),
});

test('a segment is asked for once; a jump gives up what is on its way', async () => {
  const asked: [number, AbortSignal][] = [];
  const replies: ((s: FedSegment | null) => void)[] = [];
  const feed = new SegmentFeed((atMs, signal) => {
    asked.push([atMs, signal]);
    return new Promise((resolve, reject) => {
      replies.push(resolve);
      signal.addEventListener('abort', () => reject(new Error('given up')));
    });
  });
  const first = feed.get(5000);
  const twice = feed.get(5000);
  replies[0]!(segment(4000));
  expect(await first).toBe(await twice);
  expect(await feed.get(7999)).toBe(await first);
  const left = feed.get(20_000);
  const jumped = feed.get(60_000);
  await expect(left).rejects.toThrow('given up');
  replies[2]!(null);
  expect(await jumped).toBeNull();
  expect(asked.map(([ms]) => ms)).toEqual([5000, 20_000, 60_000]);
});
