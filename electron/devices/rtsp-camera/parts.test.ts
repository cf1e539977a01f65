import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { specimenFilm } from '../../../test/harness/specimen-film.ts';
import { ManualClock } from '../../lib/clock.ts';
import { ArrivalClock } from './arrival-clock.ts';
import { discoverCameras, readAnswer } from './discovery.ts';
import { inputList, readAddress } from './source.ts';
import { StreamCutter } from './stream-cutter.ts';
import { troubleOf } from './trouble.ts';

test.each([
  [
    'rtsp://10.0.0.7:554/Streaming/Channels/101',
    { address: 'rtsp://10.0.0.7:554/Streaming/Channels/101', user: '', password: '' },
  ],
  [' rtsp://admin:a%40b@cam.local/1 ', { address: 'rtsp://cam.local/1', user: 'admin', password: 'a@b' }],
  ['http://10.0.0.7/', null],
  ['rtsp://', null],
  ["rtsp://x/'\nfile 'rtsp://y", null],
  ['rtsp://admin:%zz@x/1', null],
])('the address %s', (text, source) => {
  expect(readAddress(text)).toEqual(source);
});

test('whatever user and password are, the list stays a list of one file', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (user, password) => {
      fc.pre(user.isWellFormed() && password.isWellFormed());
      const lines = inputList({ address: 'rtsp://cam/1', user, password }).split('\n');
      expect(lines.length).toBe(6);
      expect(lines[1]).toMatch(/^file 'rtsp:\/\/[^'\s]*cam\/1'$/);
      const back = readAddress(lines[1]!.slice(6, -1));
      expect(back).toEqual({ address: 'rtsp://cam/1', user, password: user === '' ? '' : password });
    }),
  );
});

test.each([
  ['method DESCRIBE failed: 401 Unauthorized', 'unauthorized'],
  ['Connection to tcp://1.2.3.4:554 failed: Connection refused', 'unreachable'],
  ['method DESCRIBE failed: 404 Not Found', 'not-found'],
  ['Stream map matches no streams.', 'bad-stream'],
  ['something else', null],
])('%s means %s', (said, trouble) => {
  expect(troubleOf(said)).toBe(trouble);
});

test('a stream is cut alike however it arrives', () => {
  const film = specimenFilm(3);
  const cutAll = (sizes: readonly number[]) => {
    const cutter = new StreamCutter();
    const cuts = [];
    for (let at = 0, i = 0; at < film.length; i += 1) {
      const size = sizes[i % sizes.length]!;
      cuts.push(...(cutter.push(film.slice(at, at + size)) ?? []));
      at += size;
    }
    return cuts;
  };
  const whole = cutAll([film.length]);
  expect(whole[0]).toMatchObject({ kind: 'head', format: { width: 320, height: 240 } });
  const fragments = whole.flatMap((c) => (c.kind === 'fragment' ? [c.fragment] : []));
  expect(fragments.map((f) => [f.beginsWithKey, f.frames, Math.round(f.beginMs), Math.round(f.endMs)])).toEqual([
    [true, 25, 0, 1000],
    [true, 25, 1000, 2000],
    [true, 25, 2000, 3000],
  ]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 9 }), (sizes) => {
      expect(cutAll(sizes)).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test('bytes that are no film are refused, and never break the cutter', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 400 }), (bytes) => {
      const cutter = new StreamCutter();
      const cuts = cutter.push(bytes);
      expect(cuts === null || cuts.every((c) => c.kind !== 'fragment')).toBe(true);
    }),
  );
});

test('wall time by arrival; a clock that is set ends the run, one that is slewed does not', () => {
  const clock = new ManualClock(1_000_000);
  const arrival = new ArrivalClock(clock);
  clock.advance(1_050);
  expect(arrival.arrived(0, 1_000)).toEqual({
    beginMs: 1_000_050,
    endMs: 1_001_050,
    firstMonoMs: 50,
    lastMonoMs: 1_050,
  });
  clock.advance(1_400);
  expect(arrival.arrived(1_000, 2_000)?.endMs).toBe(1_002_050);
  clock.setWall(clock.wallMs() + 300);
  clock.advance(600);
  expect(arrival.arrived(2_000, 3_000)?.endMs).toBe(1_003_350);
  clock.setWall(clock.wallMs() + 60_000);
  clock.advance(1_000);
  expect(arrival.arrived(3_000, 4_000)).toBeNull();
  const other = new ArrivalClock(clock);
  other.arrived(0, 1_000);
  clock.advance(1_000);
  expect(other.arrived(10_000, 11_000)).toBeNull();
});

test('a shorter way is learnt by and by: fragments of one run do not overlap', () => {
  const clock = new ManualClock(1_000_000);
  const arrival = new ArrivalClock(clock);
  clock.advance(1_500);
  const one = arrival.arrived(0, 1_000)!;
  clock.advance(600);
  const two = arrival.arrived(1_000, 2_000)!;
  expect(one.endMs - two.beginMs).toBe(100);
});

test('who answers the probe is found, who says something else is not', async () => {
  const device = createSocket('udp4');
  device.bind(0, '127.0.0.1');
  await once(device, 'listening');
  const asked: string[] = [];
  device.on('message', (message, from) => {
    asked.push(message.toString());
    const scopes = 'onvif://www.onvif.org/name/%E6%A0%B7%E6%9C%AC onvif://www.onvif.org/hardware/IPC-1';
    device.send('<x>not an answer</x>', from.port, from.address);
    device.send(
      `<d:ProbeMatches><d:ProbeMatch><d:Scopes>${scopes}</d:Scopes><d:XAddrs>http://10.0.0.9/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches>`,
      from.port,
      from.address,
    );
  });
  const found = await discoverCameras(700, { address: '127.0.0.1', port: device.address().port });
  device.close();
  expect(found).toEqual([{ host: '10.0.0.9', name: '样本', hardware: 'IPC-1' }]);
  expect(asked[0]).toContain('NetworkVideoTransmitter');
});

test('nobody answers: nothing is found, and it ends', async () => {
  expect(await discoverCameras(150, { address: '127.0.0.1', port: 9 })).toEqual([]);
});

test('an answer of any bytes gives a host and plain text, or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = readAnswer(`ProbeMatch <XAddrs>${text}</XAddrs> onvif://www.onvif.org/name/${text}`, '10.0.0.1');
      expect(found?.host).toMatch(/^[\w.:[\]-]+$/);
      expect(found?.name).not.toMatch(/[<>\p{Cc}]/u);
    }),
  );
});
