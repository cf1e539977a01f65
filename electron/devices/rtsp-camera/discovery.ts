import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';

/** A device that answered: where it is, and what it calls itself. */
export interface FoundCamera {
  readonly host: string;
  readonly name: string;
  readonly hardware: string;
}

/** WS-Discovery 1.1, 3.1; ONVIF Core 7.3: every camera listens here. */
const GROUP = { address: '239.255.255.250', port: 3702 };
const MOST_ANSWERS = 256;

const probe = (): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" ` +
      `xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" ` +
      `xmlns:dn="http://www.onvif.org/ver10/network/wsdl"><e:Header><w:MessageID>uuid:${randomUUID()}</w:MessageID>` +
      `<w:To e:mustUnderstand="true">urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>` +
      `<w:Action e:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>` +
      `<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e:Envelope>`,
  );

/**
 * Asks the site's network for ONVIF cameras and gathers the answers, by address. No answer is no proof that there is
 * none: some have it switched off.
 *
 * @param to  the multicast group, or one device in tests
 */
export async function discoverCameras(
  waitMs = 3_000,
  to: { address: string; port: number } = GROUP,
): Promise<FoundCamera[]> {
  const found = new Map<string, FoundCamera>();
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  const { promise, resolve } = Promise.withResolvers<void>();
  // A network that lets no multicast out answers nothing; that is what the person is told.
  socket.on('error', () => resolve());
  socket.on('message', (message, from) => {
    if (found.size >= MOST_ANSWERS || message.length > 64 * 1024) return;
    const camera = readAnswer(message.toString('utf8'), from.address);
    if (camera !== null) found.set(camera.host, camera);
  });
  socket.bind(0, () => {
    const message = probe();
    for (const afterMs of [0, 250]) {
      setTimeout(() => {
        try {
          socket.send(message, to.port, to.address, () => undefined);
        } catch {
          resolve();
        }
      }, afterMs);
    }
  });
  const timer = setTimeout(resolve, waitMs);
  await promise;
  clearTimeout(timer);
  await new Promise<void>((done) => {
    try {
      socket.close(() => done());
    } catch {
      done();
    }
  });
  return [...found.values()].sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

/**
 * An answer's host and scopes; null for a message that is no ProbeMatch. The text is a stranger's: looked through with
 * patterns, never taken for XML, and cut to what a person reads.
 */
export function readAnswer(text: string, from: string): FoundCamera | null {
  if (!/ProbeMatch/.test(text)) return null;
  const scope = (kind: string) => {
    const found = new RegExp(`onvif://www\\.onvif\\.org/${kind}/([^\\s<]{1,200})`).exec(text)?.[1] ?? '';
    try {
      return decodeURIComponent(found)
        .replace(/[\p{Cc}\p{Cf}<>]/gu, '')
        .slice(0, 60);
    } catch {
      return '';
    }
  };
  const address = /<[^>]*XAddrs[^>]*>\s*([^\s<]{1,300})/.exec(text)?.[1] ?? '';
  const host = URL.parse(address)?.hostname ?? from;
  return { host: /^[\w.:[\]-]{1,100}$/.test(host) ? host : from, name: scope('name'), hardware: scope('hardware') };
}
