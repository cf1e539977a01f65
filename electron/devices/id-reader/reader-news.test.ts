import { expect, test } from 'vitest';
import { ManualClock } from '../../lib/clock.ts';
import type { LostReason, ReaderState } from './port.ts';
import { ReaderNews } from './reader-news.ts';

const lost = (reason: LostReason, sinceMs: number): ReaderState => ({ kind: 'lost', reason, sinceMs });

test.each<[string, LostReason[], ReaderState]>([
  [
    'a pulled reader stays pulled while it cannot be reopened',
    ['unplugged', 'not-found', 'not-found'],
    lost('unplugged', 0),
  ],
  ['the time of the first loss stays', ['silent', 'silent'], lost('silent', 0)],
  ['a new reason is news', ['unplugged', 'not-found', 'busy'], lost('busy', 2)],
])('%s', (_what, reasons, wanted) => {
  const clock = new ManualClock(0);
  const news = new ReaderNews(clock);
  for (const reason of reasons) {
    news.lose(reason);
    clock.advance(1);
  }
  expect(news.state).toEqual(wanted);
});

test('an equal state is no news, and a closed reader has none', () => {
  const news = new ReaderNews(new ManualClock(0));
  const heard: ReaderState[] = [];
  const end = news.states.add((state) => heard.push(state));
  expect([news.enter({ kind: 'waiting' }), news.enter({ kind: 'waiting' })]).toEqual([true, false]);
  end();
  news.enter({ kind: 'reading' });
  news.close();
  expect(news.enter({ kind: 'waiting' })).toBe(false);
  expect(heard).toEqual([{ kind: 'waiting' }]);
});
