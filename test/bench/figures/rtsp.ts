import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RtspCamera } from '../../../electron/devices/rtsp-camera/rtsp-camera.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { CAMERA_PASSWORD, CAMERA_USER, noCamera, startCamera } from '../../peers/rtsp-camera.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';

const SECONDS = 20;
/** Ticks a second in /proc/PID/stat: fixed on Linux. */
const TICKS = 100;

/** Processor time of recording one 720p network camera: ffmpeg and this process, beside ffmpeg cutting files by itself. */
export const rtsp: Benchmark = async (print) => {
  const missing = noCamera();
  if (missing !== null) return print({ name: 'rtsp.cpu-per-camera', skipped: missing });
  const peer = await startCamera({ fps: 25, keyEvery: 50 });
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-bench-rtsp-'));
  let fragments = 0;
  const camera = new RtspCamera(
    { address: peer.address, user: CAMERA_USER, password: CAMERA_PASSWORD },
    {
      ffmpeg: 'ffmpeg',
      clock: systemClock,
      sound: false,
      listener: {
        began: () => undefined,
        fragment: () => {
          fragments += 1;
        },
        fault: () => undefined,
      },
    },
  );
  const url = new URL(peer.address);
  const login = `${encodeURIComponent(CAMERA_USER)}:${encodeURIComponent(CAMERA_PASSWORD)}`;
  const plain = spawn('ffmpeg', [
    ...['-v', 'error', '-rtsp_transport', 'tcp', '-i', `rtsp://${login}@${url.host}${url.pathname}`],
    ...['-map', '0:v:0', '-c', 'copy', '-an', '-f', 'segment', '-segment_time', '4', join(folder, '%d.mp4')],
  ]);
  try {
    while (fragments < 2) await new Promise((resolve) => setTimeout(resolve, 100));
    const before = { ours: seconds(camera.pid), own: process.cpuUsage(), peer: seconds(plain.pid) };
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
    const own = process.cpuUsage(before.own);
    const ours = seconds(camera.pid) - before.ours + (own.user + own.system) / 1e6;
    const share = (cpu: number) => (100 * cpu) / SECONDS;
    const peerShare = share(seconds(plain.pid) - before.peer);
    print({
      name: 'rtsp.cpu-per-camera',
      value: rounded(share(ours)),
      unit: '% of a core',
      goal: '<= 2',
      ...against(share(ours), peerShare, '% of a core', 'ffmpeg cutting MP4 files of four seconds by itself'),
      note: `720p at 25 fps, ${SECONDS} s, ffmpeg and the cutting in this process, ${fragments} fragments; encryption and disk: put-segment`,
    });
  } finally {
    camera.stop();
    plain.kill('SIGKILL');
    await peer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Processor seconds of a process so far. */
function seconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
