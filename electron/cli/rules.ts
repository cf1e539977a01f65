import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectPaths } from '../desktop/project-paths.ts';
import { AssignmentFacts } from '../features/examiners/assignment-facts.ts';
import { evaluatePanel, examinerLimits } from '../features/examiners/evaluate.ts';
import { loadRulePack } from '../features/rules/load-rule-pack.ts';
import { RulePack } from '../features/rules/rule-pack.ts';
import { checkRuleValues, clauseOf, ruleValues } from '../features/rules/rule-values.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { type Run, readTextFile, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

/**
 * `kaodian rules evaluate FACTS.json`: the same evaluation as the station's, for an auditor's own facts. Prints the
 * violations with their clauses; the exit code is 1 where one of them blocks. The format of the facts stands in
 * `features/examiners/assignment-facts.ts`, an example in `resources/examples/assignment-facts.json`. `--pack-file` takes the pack
 * of a session as its bundle has it (`2-plan/rule-pack.json`), with the values changed at the site.
 */
export const run: Run = async (args, { stdout }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      pack: { type: 'string', default: 'national' },
      packs: { type: 'string' },
      'pack-file': { type: 'string' },
    },
  });
  const [what, file, ...more] = positionals;
  if (what !== 'evaluate' || file === undefined || more.length > 0) throw new UsageError('rules evaluate FACTS.json');
  const folder = values.packs ?? join(projectPaths(import.meta.dirname).resourcesDir, 'rule-packs');
  const facts = readFacts(await readTextFile(file));
  const pack =
    values['pack-file'] === undefined
      ? await loadRulePack(folder, values.pack, facts.session.day)
      : sessionPack(await readTextFile(values['pack-file']));
  if (!pack.ok) throw new UsageError(`规则包不能用 unusable rule pack: ${JSON.stringify(pack.error)}`);
  const violations = evaluatePanel(facts, examinerLimits(ruleValues(pack.value)), pack.value).map((v) => {
    const { text, source, article } = clauseOf(pack.value, v.ruleId);
    return { ...v, clause: text, source, article };
  });
  const { id, version } = pack.value;
  stdout.write(`${JSON.stringify({ pack: { id, version }, violations }, null, 2)}\n`);
  return violations.some((v) => v.severity === 'block') ? EXIT.failed : EXIT.good;
};

/** The whole pack of a session, out of its bundle. */
function sessionPack(text: string): Result<RulePack, unknown> {
  const pack = RulePack.safeParse(parsed(text));
  if (!pack.success) return err(pack.error.issues.slice(0, 3).map((i) => i.path.join('.')));
  const values = checkRuleValues(pack.data);
  return values.ok ? ok(pack.data) : values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readFacts(text: string): AssignmentFacts {
  // What is no JSON is said with the rest of what is no facts.
  const facts = AssignmentFacts.safeParse(parsed(text));
  if (facts.success) return facts.data;
  const [issue] = facts.error.issues;
  throw new UsageError(`不是委派事实 not assignment facts: ${issue?.path.join('.')} ${issue?.message}`);
}
