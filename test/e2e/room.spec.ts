import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { decrypt } from '../../electron/vault/age/age.ts';
import { expect, shot, test, troubleOf } from './harness/served.ts';
import { openDay, startRecording } from './room-day.ts';

test.setTimeout(120_000);

test('a camera is recorded, goes on after a reload, and every stored segment plays alone for the centre', async ({
  page,
  station,
}, info) => {
  const trouble = troubleOf(page);
  const { client, sessionId, centre, camera } = await openDay(page, station);
  await startRecording(page, station);
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  await expect(page.getByText('没有积压')).toBeVisible({ timeout: 30_000 });
  await shot(page, 'room-recording');
  expect((await camera()).gaps).toEqual([]);

  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect.poll(async () => (await camera()).stored.length, { timeout: 30_000 }).toBe(2);
  const { stored, gaps } = await camera();
  // The station may have noticed that nothing came before the new page said that it is there.
  const reason = expect.stringMatching(/^(desk-restarted|no-segments)$/);
  expect(gaps).toEqual([{ beginMs: stored[0]?.endMs, endMs: stored[1]?.beginMs, reason }]);

  console.log(`a reload cost ${((stored[1]!.beginMs - stored[0]!.endMs) / 1000).toFixed(1)} s of video`);

  await client.session.close({ sessionId, earlyReason: '考生全部交卷，提前结束' });
  await expect(page.getByRole('heading', { name: '录像已停' })).toBeVisible();
  expect((await camera()).state.kind).toBe('stopped');
  expect(trouble).toEqual([]);

  const vault = join(station.dataDir, 'vault', sessionId);
  const keyFile = info.outputPath('centre.key');
  writeFileSync(keyFile, `${centre.identity}\n`, { mode: 0o600 });
  const stock: object[] = [];
  const films: { beginsWithKey: boolean; codec: string | null; frames: number }[] = [];
  for (const file of readdirSync(vault).filter((name) => name.endsWith('.age'))) {
    const plain = decrypt(readFileSync(join(vault, file)), [centre.identity]);
    if (!plain.ok) throw new Error(`${file} does not open with the centre's key`);
    if (Buffer.from(plain.value.subarray(4, 8)).toString() !== 'ftyp') continue;
    films.push(await look(plain.value));
    stock.push(playedByStockTools(join(vault, file), keyFile));
  }
  expect(stock).toEqual(films.map((film) => ({ codec: film.codec === 'avc' ? 'h264' : 'vp9', frames: film.frames })));
  expect(films.length).toBe((await camera()).segments);
  for (const film of films)
    expect(film).toMatchObject({ beginsWithKey: true, codec: expect.stringMatching(/^(avc|vp9)$/) });
});

test('a station out of reach gets everything that was filmed meanwhile, and no gap is left', async ({
  page,
  station,
  context,
}) => {
  const { camera } = await openDay(page, station);
  await startRecording(page, station);
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  // As far as the window can tell, the station is gone: no call gets through.
  await context.setOffline(true);
  await expect(page.getByText(/连不上，本机存着/)).toBeVisible({ timeout: 20_000 });
  const before = (await camera()).segments;
  await shot(page, 'room-station-away');
  await context.setOffline(false);
  await expect.poll(async () => (await camera()).segments, { timeout: 30_000 }).toBeGreaterThan(before + 3);
  expect(await camera()).toMatchObject({ gaps: [], stored: [{}] });
});

/** What a player would find in a segment. */
async function look(bytes: Uint8Array) {
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('a segment without a picture');
  let frames = 0;
  let beginsWithKey = false;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (frames === 0) beginsWithKey = packet.type === 'key';
    frames += 1;
  }
  return { beginsWithKey, codec: await track.getCodec(), frames };
}

/** What ffprobe counts in a segment that Debian's age opened with the centre's key: nothing of ours is in between. */
function playedByStockTools(file: string, keyFile: string): { codec: string; frames: number } {
  const segment = execFileSync('age', ['-d', '-i', keyFile, file], { maxBuffer: 64 * 1024 * 1024 });
  const asked = ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries'];
  const json = execFileSync('ffprobe', [...asked, 'stream=codec_name,nb_read_frames', '-of', 'json', 'pipe:0'], {
    input: segment,
  });
  const [stream] = (JSON.parse(json.toString()) as { streams: { codec_name: string; nb_read_frames: string }[] })
    .streams;
  return { codec: stream!.codec_name, frames: Number(stream!.nb_read_frames) };
}
