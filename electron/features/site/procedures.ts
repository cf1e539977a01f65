import { answer } from '../../contract/answer.ts';
import { actorOf } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { inTransaction } from '../../db/database.ts';
import { listSerialPorts } from '../../devices/id-reader/serial-transport.ts';
import type { ReaderView } from '../checkin/contract.ts';
import type { SiteState } from './contract.ts';
import { siteEvents } from './events.ts';
import { createSite, type SiteDeps, unlockKeys } from './service.ts';
import { saveSetting, setting } from './settings.ts';
import { loadSite } from './store.ts';

export type SiteProcedureDeps = SiteDeps & {
  common: () => Omit<SiteState & { kind: 'new' }, 'kind'>;
  /** Opens the reader at the address; false when the address means nothing. */
  useReader: (address: string) => boolean;
  readerView: () => ReaderView;
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
  reader: os.site.reader.handler(async () => {
    const ports = await listSerialPorts();
    return {
      address: setting(deps.db, 'reader') ?? '',
      ports: ports.ok ? ports.value : [],
      listFailed: !ports.ok,
      state: deps.readerView(),
    };
  }),
  setReader: os.site.setReader.handler(({ input, context, errors }) => {
    const { address } = input;
    const actor = actorOf(context.caller, 'site-lead');
    if (!deps.useReader(address)) {
      inTransaction(deps.db, (w) => deps.journal.append(w, actor, siteEvents.readerRefused, { address }));
      throw errors.BAD_ADDRESS();
    }
    inTransaction(deps.db, (w) => {
      saveSetting(w, 'reader', address);
      deps.journal.append(w, actor, siteEvents.readerSet, { address });
    });
    return { address };
  }),
  disk: os.site.disk.handler(async () => ({ freeBytes: await deps.freeBytes() })),
  newDesk: os.site.newDesk.handler(({ input, context }) => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(context.caller, 'site-lead'), siteEvents.deskInvited, { path: input.path }),
    );
    return { address: deps.entryPath(input.path) };
  }),
});
