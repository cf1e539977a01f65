import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { RoomId } from '../../lib/ids.ts';
import { ReaderView } from '../checkin/contract.ts';

/** A site has at most as many lanes as staff can watch. */
export const MAX_READERS = 8;

const label = z.string().trim().min(1).max(20);
/**
 * `tcp:HOST:PORT`, `serial:COM3`, `serial:/dev/ttyUSB0:9600`, or a maker's card service: `synjones`, `huashi`, `donsee`,
 * each at its usual place or followed by `:http://HOST:PORT`.
 */
const address = z.string().min(1).max(120);
const wish = z.object({
  label,
  address,
  /** A card service on another computer: what a card says then crosses the network in the clear. */
  beyondThisMachine: z.boolean().default(false),
});
export type ReaderWish = z.infer<typeof wish>;

export const ReaderSetting = z.object({ readerId: z.string().max(10), ...wish.shape });
export type ReaderSetting = z.infer<typeof ReaderSetting>;

/** One reader as it is now. */
export const ReaderNow = z.object({
  ...ReaderSetting.shape,
  state: ReaderView,
  sinceMs: z.number(),
  /** The number of its security module, as printed on its label; null until it told. */
  samId: z.string().nullable(),
  /** The lane it works for. */
  door: z.object({ roomId: RoomId, roomName: z.string(), lane: z.int() }).nullable(),
});
export type ReaderNow = z.infer<typeof ReaderNow>;

/** What became of a card that was only laid to try the reader; nothing of it is kept. */
export const ReaderTrial = z.object({
  kind: z.enum(['resident', 'hmt', 'foreigner-2017', 'foreigner-2023', 'unreadable']),
  maskedNumber: z.string(),
  /** `wlt`: on the card, but no picture came of it; `decoder` says why where one is set. */
  photo: z.enum(['none', 'wlt', 'jpeg']),
  decoder: z.object({ code: z.string(), detail: z.string() }).nullable(),
  samId: z.string().nullable(),
});
export type ReaderTrial = z.infer<typeof ReaderTrial>;

export const PhotoDecoderState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** Set, and no photo has come yet. */
  z.object({ kind: z.literal('untried') }),
  z.object({ kind: z.literal('works'), atMs: z.number() }),
  /** The photo of the last card stayed undecoded. `resting`: failed so often in a row that cards no longer wait for it. */
  z.object({
    kind: z.literal('failed'),
    code: z.string(),
    detail: z.string(),
    atMs: z.number(),
    resting: z.boolean(),
  }),
]);
export type PhotoDecoderState = z.infer<typeof PhotoDecoderState>;

const lead = callableBy(['site-lead']);
const addressErrors = {
  BAD_ADDRESS: { status: 422 },
  /** A card service on another computer, and the reader's setting does not allow it. */
  BEYOND_THIS_MACHINE: { status: 422 },
  /** Another reader of the list has this address. */
  ADDRESS_TAKEN: { status: 409, data: z.object({ label: z.string() }) },
};
const NO_SUCH_READER = { status: 404 };

export const readers = {
  /** The readers of this site as they are now, and where another may be plugged in. */
  readers: callableBy(['site-lead', 'door']).output(
    z.object({
      readers: z.array(ReaderNow).max(MAX_READERS),
      ports: z.array(z.object({ path: z.string(), maker: z.string().nullable() })),
      /** The system's own words for why its ports cannot be listed; null when they are. */
      portsUnknown: z.string().nullable(),
      photoDecoder: z.object({ commandLine: z.string(), state: PhotoDecoderState }),
    }),
  ),
  /** Which reader stands at this lane: what its label says, for whoever telephones about it. */
  readerOf: callableBy(['site-lead', 'door'])
    .input(z.object({ roomId: RoomId, lane: z.int() }))
    .output(z.object({ reader: z.object({ label: z.string(), samId: z.string().nullable() }).nullable() })),
  addReader: lead
    .input(wish)
    .output(ReaderSetting)
    .errors({ ...addressErrors, TOO_MANY_READERS: { status: 409, data: z.object({ most: z.int() }) } }),
  changeReader: lead
    .input(ReaderSetting)
    .output(ReaderSetting)
    .errors({ ...addressErrors, NO_SUCH_READER }),
  removeReader: lead
    .input(z.object({ readerId: z.string() }))
    .output(z.object({}))
    .errors({ NO_SUCH_READER }),
  /** The lane of a door that this reader works for from now on: for readers that stand the other way round. */
  placeReader: lead
    .input(z.object({ readerId: z.string(), roomId: RoomId, lane: z.int().min(1).max(9) }))
    .output(z.object({}))
    .errors({ NO_SUCH_READER, NO_SUCH_ROOM: { status: 404 } }),
  /** The next card on this reader, within half a minute, is read for nobody: it reaches no door. */
  tryReader: lead
    .input(z.object({ readerId: z.string() }))
    .output(ReaderTrial)
    .errors({ NO_SUCH_READER, NO_CARD_LAID: { status: 408 } }),
  /** Makers' software for the photo on a card: its command line, or empty for none. Only at the station itself. */
  setPhotoDecoder: lead
    .input(z.object({ commandLine: z.string().trim().max(500) }))
    .output(z.object({ state: PhotoDecoderState }))
    .errors({
      COMMAND_UNUSABLE: { status: 422, data: z.object({ reason: z.enum(['unclosed-quote', 'not-absolute']) }) },
      ONLY_AT_THE_STATION: { status: 403 },
    }),
};
