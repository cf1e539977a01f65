import { expect, test } from 'vitest';
import type { StationEvent } from '../contract/events.ts';
import { EventHub } from './event-hub.ts';

const hello: StationEvent = { kind: 'hello', wallMs: 1 };
const tick = (wallMs: number): StationEvent => ({ kind: 'tick', wallMs, monoMs: wallMs });

test('every window hears everything from its hello on, in order', async () => {
  const hub = new EventHub();
  hub.publish(tick(1));
  const a = hub.listen(hello, undefined);
  const b = hub.listen(hello, undefined);
  expect([(await a.next()).value, (await b.next()).value]).toEqual([hello, hello]);
  hub.publish(tick(2));
  hub.publish(tick(3));
  for (const window of [a, b]) {
    expect([(await window.next()).value, (await window.next()).value]).toEqual([tick(2), tick(3)]);
  }
});

test('a window too far behind is greeted anew, and so reads everything again', async () => {
  const hub = new EventHub();
  const slow = hub.listen(hello, undefined);
  await slow.next();
  for (let i = 0; i < 201; i += 1) hub.publish(tick(i));
  expect((await slow.next()).value).toEqual(hello);
  hub.publish(tick(500));
  expect((await slow.next()).value).toEqual(tick(500));
});

test('a window that closes is forgotten, waiting or not', async () => {
  const hub = new EventHub();
  const abort = new AbortController();
  const window = hub.listen(hello, abort.signal);
  await window.next();
  const waiting = window.next();
  abort.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await hub.listen(hello, abort.signal).next()).toEqual({ done: true, value: undefined });
});
