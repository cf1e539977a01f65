import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, ROOM, S1, test } from './harness/day.ts';
import { pressUntil } from './harness/hands.ts';

test.use({ dayOptions: { rules: { 'recording.audio': true } } });

test('where the rule pack wants the room heard, every segment has its sound, as long as its picture', async ({
  day,
}, info) => {
  const { page } = await day.desk('/room/201', 'invigilator');
  await expect(page.getByRole('heading', { name: '还没开始录' })).toBeVisible();
  await pressUntil(page, 'Enter', page.getByRole('heading', { name: '在录' }));
  const segments = async () => (await day.lead.recording.room({ sessionId: S1, roomId: ROOM })).cameras[0]!.segments;
  await expect.poll(segments, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);

  const keyFile = info.outputPath('centre.key');
  writeFileSync(keyFile, `${day.centreIdentity}\n`, { mode: 0o600 });
  const vault = join(day.station.dataDir, 'vault', S1);
  const films = readdirSync(vault).flatMap((file) => {
    if (!file.endsWith('.age')) return [];
    const plain = execFileSync('age', ['-d', '-i', keyFile, join(vault, file)], { maxBuffer: 64 * 1024 * 1024 });
    return plain.toString('latin1', 4, 8) === 'ftyp' ? [streamsOf(plain)] : [];
  });
  expect(films.length).toBeGreaterThanOrEqual(3);
  // The first fragment may come before the microphone does: then its segment is silent, and the next is not.
  for (const film of films.filter((f) => f.length > 1)) {
    const [picture, sound] = film;
    expect(sound?.codec_name).toBe('opus');
    const pictureS = Number(picture!.nb_read_packets) / 15;
    const soundS = Number(sound!.nb_read_packets) * 0.02;
    expect(Math.abs(soundS - pictureS)).toBeLessThan(1);
  }
  expect(films.filter((f) => f.length > 1).length).toBeGreaterThanOrEqual(films.length - 1);
});

function streamsOf(segment: Uint8Array): { codec_name: string; nb_read_packets: string }[] {
  const asked = ['-v', 'error', '-count_packets', '-show_entries', 'stream=codec_name,nb_read_packets', '-of', 'json'];
  const json = execFileSync('ffprobe', [...asked, 'pipe:0'], { input: segment });
  return (JSON.parse(json.toString()) as { streams: { codec_name: string; nb_read_packets: string }[] }).streams;
}
