import { answer } from '../../contract/answer.ts';
import { actorOf } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { inTransaction } from '../../db/database.ts';
import { listSerialPorts } from '../../devices/id-reader/serial-transport.ts';
import { isLoopback } from '../../devices/id-reader/service/service-address.ts';
import type { Result } from '../../lib/result.ts';
import type { SiteState } from './contract.ts';
import { siteEvents } from './events.ts';
import { addReader, changeReader, type ReaderRack, readerSettings, removeReader, tryReader } from './readers.ts';
import type { PhotoDecoderState } from './readers-contract.ts';
import { createSite, type SiteDeps, unlockKeys } from './service.ts';
import { saveSetting, setting } from './settings.ts';
import { loadSite } from './store.ts';

export type SiteProcedureDeps = SiteDeps & {
  common: () => Omit<SiteState & { kind: 'new' }, 'kind'>;
  rack: ReaderRack;
  photoDecoder: {
    state(): PhotoDecoderState;
    /** Takes the command line up; empty for none. */
    use(commandLine: string): Result<void, 'unclosed-quote' | 'not-absolute'>;
  };
  hasRoom: (roomId: string) => boolean;
  freeBytes: () => Promise<number>;
  /** Path and query that let a window in once. */
  entryPath: (path: string) => string;
};

export const siteProcedures = (os: Implementer, deps: SiteProcedureDeps) => ({
  state: os.site.state.handler((): SiteState => {
    const site = deps.ring.site();
    if (site === null) return { kind: 'new', ...deps.common() };
    const wrappedBy = loadSite(deps.db)?.keyWrap;
    return { kind: deps.ring.keys() ? 'open' : 'locked', site, wrappedBy, ...deps.common() };
  }),
  create: os.site.create.handler(async ({ input, context, errors }) =>
    answer(await createSite(deps, context.caller, input), errors),
  ),
  unlock: os.site.unlock.handler(async ({ input, context, errors }) =>
    answer(await unlockKeys(deps, context.caller, input.passphrase), errors),
  ),
  readers: os.site.readers.handler(async () => {
    const ports = await listSerialPorts();
    return {
      readers: deps.rack.list(),
      ports: ports.ok ? ports.value : [],
      portsUnknown: ports.ok ? null : ports.error.detail,
      photoDecoder: { commandLine: setting(deps.db, 'photo-decoder') ?? '', state: deps.photoDecoder.state() },
    };
  }),
  readerOf: os.site.readerOf.handler(({ input: { roomId, lane } }) => {
    const reader = deps.rack.list().find(({ door }) => door?.roomId === roomId && door.lane === lane);
    return { reader: reader ? { label: reader.label, samId: reader.samId } : null };
  }),
  addReader: os.site.addReader.handler(({ input, context, errors }) =>
    answer(addReader(deps, context.caller, input), errors),
  ),
  changeReader: os.site.changeReader.handler(({ input, context, errors }) =>
    answer(changeReader(deps, context.caller, input), errors),
  ),
  removeReader: os.site.removeReader.handler(({ input, context, errors }) =>
    answer(removeReader(deps, context.caller, input.readerId), errors),
  ),
  placeReader: os.site.placeReader.handler(({ input, context, errors }) => {
    const { readerId, roomId, lane } = input;
    if (!readerSettings(deps.db).some((r) => r.readerId === readerId)) throw errors.NO_SUCH_READER();
    if (!deps.hasRoom(roomId)) throw errors.NO_SUCH_ROOM();
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(context.caller, 'site-lead'), siteEvents.readerPlaced, { readerId, roomId, lane }),
    );
    deps.rack.place(readerId, { roomId, lane });
    return {};
  }),
  tryReader: os.site.tryReader.handler(async ({ input, context, errors }) =>
    answer(await tryReader(deps, context.caller, input.readerId), errors),
  ),
  setPhotoDecoder: os.site.setPhotoDecoder.handler(({ input, context, errors }) => {
    const { commandLine } = input;
    const actor = actorOf(context.caller, 'site-lead');
    const refuse = (code: string) =>
      inTransaction(deps.db, (w) => deps.journal.append(w, actor, siteEvents.photoDecoderRefused, { code }));
    // Whoever may name a program may run anything here: not by a desk across the network.
    if (!isLoopback(context.caller.from)) {
      refuse('not-at-the-station');
      throw errors.ONLY_AT_THE_STATION();
    }
    const used = deps.photoDecoder.use(commandLine);
    if (!used.ok) {
      refuse(used.error);
      throw errors.COMMAND_UNUSABLE({ data: { reason: used.error } });
    }
    inTransaction(deps.db, (w) => {
      saveSetting(w, 'photo-decoder', commandLine);
      deps.journal.append(w, actor, siteEvents.photoDecoderSet, { commandLine });
    });
    return { state: deps.photoDecoder.state() };
  }),
  disk: os.site.disk.handler(async () => ({ freeBytes: await deps.freeBytes() })),
  newDesk: os.site.newDesk.handler(({ input, context }) => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(context.caller, 'site-lead'), siteEvents.deskInvited, { path: input.path }),
    );
    return { address: deps.entryPath(input.path) };
  }),
});
