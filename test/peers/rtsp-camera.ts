import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';
const PATH = '/Streaming/Channels/101';
export const CAMERA_USER = 'admin';
/** A specimen: what must never be seen outside the conversation with the camera. */
export const CAMERA_PASSWORD = "Pa'ss 123@/样";

/** Why there is no camera here; null where there is one. Debian: gir1.2-gst-rtsp-server-1.0 and gstreamer's plugins. */
export function noCamera(): string | null {
  try {
    const load = "import gi; gi.require_version('Gst','1.0'); gi.require_version('GstRtspServer','1.0')";
    const has =
      "from gi.repository import Gst, GstRtspServer; Gst.init(None); assert Gst.ElementFactory.find('x264enc')";
    execFileSync(PYTHON, ['-c', `${load}\n${has}`], { stdio: 'ignore' });
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no GStreamer RTSP server for Python, or no ffmpeg, is installed';
  }
}

export interface PeerCamera {
  address: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** A real RTSP server in a process of its own, at a free port unless one is named. */
export async function startCamera(
  options: { fps?: number; keyEvery?: number; port?: number } = {},
): Promise<PeerCamera> {
  const { fps = 15, keyEvery = 15, port = 0 } = options;
  const child = spawn(
    PYTHON,
    [
      join(import.meta.dirname, 'rtsp-camera.py'),
      ...[String(port), PATH, CAMERA_USER, CAMERA_PASSWORD, String(fps), String(keyEvery)],
    ],
    // Its input ends with this process, however that ends.
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const ended = once(child, 'exit').then(() => {
    throw new Error('the camera ended before it was ready');
  });
  const ready = once(createInterface({ input: child.stdout! }), 'line') as Promise<[string]>;
  const [line] = await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  const bound = Number(line.split(' ')[1]);
  return {
    address: `rtsp://127.0.0.1:${bound}${PATH}`,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
