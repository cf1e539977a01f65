import { createStore } from '../api/store.ts';

/**
 * admitted: one short high, only after the commit. amber: two falling. stop: three low. take-card: two ticks.
 * chime: the room's low chime. Typing, saving and the network make no sound.
 */
export type Sound = 'admitted' | 'amber' | 'stop' | 'take-card' | 'chime';

/** Frequency in Hz, start and length in ms. */
type Tone = [hz: number, atMs: number, lengthMs: number];

const tones: Record<Sound, Tone[]> = {
  admitted: [[1320, 0, 130]],
  amber: [
    [740, 0, 150],
    [523, 170, 220],
  ],
  stop: [
    [220, 0, 180],
    [220, 240, 180],
    [220, 480, 260],
  ],
  'take-card': [
    [2000, 0, 18],
    [2000, 140, 18],
  ],
  chime: [[330, 0, 700]],
};

const volumeKey = 'kaodian.volume';
const readVolume = (): number => {
  const stored = Number(globalThis.localStorage?.getItem(volumeKey) ?? '70');
  return Number.isFinite(stored) ? Math.min(100, Math.max(0, stored)) : 70;
};

const volume = createStore(readVolume());
const silentUntilMs = createStore(0);

/** Loudness of this desk, 0 to 100. */
export const useVolume = volume.use;
export function setVolume(percent: number): void {
  volume.set(percent);
  localStorage.setItem(volumeKey, String(percent));
}

/** F3: two minutes of quiet. What is on the screen stays. */
export function silenceTwoMinutes(): void {
  silentUntilMs.set(performance.now() + 120_000);
}

let audio: AudioContext | null = null;

/** Plays a sound; does nothing while silenced. A browser lets a page sound only after a first key or click in it. */
export function play(sound: Sound): void {
  if (volume.get() === 0 || performance.now() < silentUntilMs.get()) return;
  // Asking earlier would be refused with a warning for every tone.
  if (!navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
  const loudness = (volume.get() / 100) * 0.5;
  for (const [hz, atMs, lengthMs] of tones[sound]) {
    const from = audio.currentTime + atMs / 1000;
    const to = from + lengthMs / 1000;
    const gain = new GainNode(audio, { gain: 0 });
    // A few milliseconds of rise and fall: an abrupt edge clicks.
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.008);
    gain.gain.setValueAtTime(loudness, Math.max(from + 0.008, to - 0.04));
    gain.gain.linearRampToValueAtTime(0, to);
    const tone = new OscillatorNode(audio, { frequency: hz, type: hz < 400 ? 'triangle' : 'sine' });
    tone.connect(gain).connect(audio.destination);
    tone.start(from);
    tone.stop(to);
  }
}
