import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { ruleRef } from '../checkin/facts.ts';
import { type ChangeDeps, changeValue } from './change-value.ts';
import { checkPack, type InstallDeps, installPack } from './install-pack.ts';
import { rulesOverview } from './overview.ts';
import type { PackOf } from './pack-shelf.ts';

export type RulesDeps = InstallDeps & ChangeDeps & { pack: PackOf };

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
const signedOf = async (input: { pack: File; signature: File }) => ({
  pack: await bytesOf(input.pack),
  signature: await bytesOf(input.signature),
});

export const rulesProcedures = (os: Implementer, deps: RulesDeps) => ({
  overview: os.rules.overview.handler(() => rulesOverview(deps)),
  clause: os.rules.clause.handler(({ input: { ruleId, sessionId }, errors }) => {
    const pack = deps.pack(sessionId);
    if (!pack.clauses.some((c) => c.id === ruleId)) throw errors.NO_SUCH_CLAUSE();
    return ruleRef(pack, ruleId);
  }),
  check: os.rules.check.handler(async ({ input, context, errors }) =>
    answer(checkPack(deps, context.caller, await signedOf(input)), errors),
  ),
  install: os.rules.install.handler(async ({ input, context, errors }) =>
    answer(installPack(deps, context.caller, await signedOf(input)), errors),
  ),
  change: os.rules.change.handler(async ({ input, context, errors }) =>
    answer(await changeValue(deps, context.caller, input), errors),
  ),
});
