import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Values of the national rule pack by clause id, as a site or centre would set them in a pack of its own. */
export type RuleChanges = Readonly<Record<string, string | number | boolean>>;

/** For doors whose camera shows stills: these turn no head. */
export const STILLS_BEFORE_THE_CAMERA: RuleChanges = { 'admission.liveness': 'none' };

/** What a station is started from: the built program, and how Node has to be told to stay in its folder. */
export interface Installation {
  root: string;
  nodeFlags: readonly string[];
}

/** This clone, as it was built. */
export const thisClone: Installation = { root, nodeFlags: [] };

/**
 * This clone under another folder, with other values in its rule pack. Everything but that one file is a link; Node is told
 * to keep to the links, since otherwise the program would find the clone's own resources.
 *
 * @throws Error when the pack has no clause of that id: a test that changes nothing proves nothing
 */
export function installationWith(rules: RuleChanges, folder: string): Installation {
  mkdirSync(folder, { recursive: true });
  for (const part of ['package.json', 'out', 'node_modules', 'models'])
    symlinkSync(join(root, part), join(folder, part));
  const resources = join(folder, 'resources');
  mkdirSync(resources);
  for (const part of readdirSync(join(root, 'resources'))) {
    if (part !== 'rule-packs') symlinkSync(join(root, 'resources', part), join(resources, part));
  }
  cpSync(join(root, 'resources/rule-packs'), join(resources, 'rule-packs'), { recursive: true });
  const path = join(resources, 'rule-packs/national.json');
  const pack = JSON.parse(readFileSync(path, 'utf8')) as { clauses: { id: string; value?: unknown }[] };
  for (const [id, value] of Object.entries(rules)) {
    const clause = pack.clauses.find((c) => c.id === id);
    if (clause === undefined) throw new Error(`the pack has no clause ${id}`);
    clause.value = value;
  }
  writeFileSync(path, JSON.stringify(pack));
  return { root: folder, nodeFlags: ['--preserve-symlinks', '--preserve-symlinks-main'] };
}
