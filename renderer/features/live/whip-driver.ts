import { largestLayer, layers, leastUrgent, preferredCodecs } from './layers.ts';
import {
  type Allowance,
  connectionWord,
  type LiveDriver,
  LiveFailure,
  type LiveLine,
  type SentCamera,
  type Signal,
} from './live-driver.ts';
import { answerAfterRestart, restartFragment } from './sdp-fragment.ts';

/** Candidates that are not there by then are left out: on a site's network they come at once. */
const gatherWithinMs = 2_000;

/** Any server that takes WHIP (RFC 9725): every camera has a connection of its own, with one picture. */
export const whipDriver = (signal: Signal): LiveDriver => ({
  isShared: false,
  async open(cameras, allowance, onConnection) {
    const camera = cameras[0]!;
    const peer = new RTCPeerConnection();
    let line: WhipLine | null = null;
    try {
      const transceiver = peer.addTransceiver(camera.track, {
        direction: 'sendonly',
        sendEncodings: [{ ...layers[1], ...leastUrgent }],
      });
      const known = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
      transceiver.setCodecPreferences(preferredCodecs(known));
      peer.onconnectionstatechange = () => {
        const word = connectionWord(peer.connectionState);
        if (word !== null) onConnection(word);
      };
      await peer.setLocalDescription(await peer.createOffer());
      await gathered(peer);
      const sdp = peer.localDescription!.sdp;
      const answer = await signal({ kind: 'whip-offer', cameraId: camera.cameraId, sdp });
      line = new WhipLine({ peer, sender: transceiver.sender, signal, ...answer });
      await peer
        .setRemoteDescription({ type: 'answer', sdp: answer.sdp })
        .catch(() => Promise.reject(new LiveFailure('misspoke')));
      await line.send(cameras);
      await line.allow(allowance);
      return line;
    } catch (failure) {
      if (line === null) peer.close();
      else line.close();
      throw failure instanceof LiveFailure ? failure : new LiveFailure('refused');
    }
  },
});

/** Resolves when all candidates are known, or the time for it is up. */
async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, gatherWithinMs);
  peer.onicegatheringstatechange = () => {
    if (peer.iceGatheringState === 'complete') resolve();
  };
  await promise;
  clearTimeout(timer);
}

class WhipLine implements LiveLine {
  readonly #peer: RTCPeerConnection;
  readonly #sender: RTCRtpSender;
  readonly #signal: Signal;
  readonly #resource: string;
  readonly #answer: string;
  #track: MediaStreamTrack | null;
  #isPaused = false;

  constructor(made: { peer: RTCPeerConnection; sender: RTCRtpSender; signal: Signal; resource: string; sdp: string }) {
    this.#peer = made.peer;
    this.#sender = made.sender;
    this.#signal = made.signal;
    this.#resource = made.resource;
    this.#answer = made.sdp;
    this.#track = made.sender.track;
  }

  async send(cameras: readonly SentCamera[]): Promise<void> {
    this.#track = cameras[0]?.track ?? null;
    if (!this.#isPaused && this.#sender.track !== this.#track) await this.#sender.replaceTrack(this.#track);
  }

  async allow(allowance: Allowance): Promise<void> {
    const largest = largestLayer(allowance);
    this.#isPaused = largest === null;
    const track = this.#isPaused ? null : this.#track;
    if (this.#sender.track !== track) await this.#sender.replaceTrack(track);
    if (largest === null) return;
    const parameters = this.#sender.getParameters();
    const encodings = parameters.encodings.map((encoding) => ({ ...encoding, ...layers[largest] }));
    await this.#sender.setParameters({ ...parameters, encodings }).catch(() => undefined);
  }

  async restartIce(): Promise<void> {
    const peer = this.#peer;
    await peer.setLocalDescription(await peer.createOffer({ iceRestart: true }));
    await gathered(peer);
    const fragment = restartFragment(peer.localDescription!.sdp);
    if (fragment === null) throw new LiveFailure('misspoke');
    const answer = await this.#signal({ kind: 'whip-restart', resource: this.#resource, fragment });
    const sdp = answerAfterRestart(this.#answer, answer.fragment);
    if (sdp === null) throw new LiveFailure('misspoke');
    await peer.setRemoteDescription({ type: 'answer', sdp });
  }

  close(): void {
    if (this.#peer.connectionState === 'closed') return;
    this.#peer.close();
    this.#signal({ kind: 'whip-end', resource: this.#resource }).catch(() => undefined);
  }
}
