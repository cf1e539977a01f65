import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'kaodian-imports-'));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** A file planted beside a copy of the configuration, an import in it, and whether the linter must refuse it. */
const planted: [file: string, imported: string, verdict: 'refused' | 'allowed'][] = [
  ['electron/station.ts', 'electron', 'refused'],
  ['electron/serve.ts', './desktop/keystore.ts', 'refused'],
  ['electron/http/server.ts', '../desktop/locked-window.ts', 'refused'],
  ['electron/http/server.ts', '../desktop/port.ts', 'allowed'],
  ['electron/main.ts', 'electron', 'allowed'],
  ['electron/preload.ts', 'electron', 'allowed'],
  ['electron/desktop/keystore.ts', 'electron', 'allowed'],
  ['electron/lib/ids.ts', '../journal/journal.ts', 'refused'],
  ['electron/lib/ids.ts', 'electron', 'refused'],
  ['electron/lib/ids.ts', './result.ts', 'allowed'],
  ['electron/lib/ids.ts', 'zod', 'allowed'],
  ['electron/db/database.ts', '../features/staff/store.ts', 'refused'],
  ['electron/journal/journal.ts', '../station.ts', 'refused'],
  ['electron/vault/vault.ts', '../lib/result.ts', 'allowed'],
  ['electron/devices/id-reader/port.ts', '../../features/identity/rules.ts', 'refused'],
  ['electron/devices/id-reader/sam/frame.ts', '../../../features/identity/rules.ts', 'refused'],
  ['electron/features/staff/service.ts', '../../station.ts', 'refused'],
  ['electron/features/staff/service.ts', '../../http/server.ts', 'refused'],
  ['electron/features/staff/service.ts', '../../main.ts', 'refused'],
  ['electron/features/staff/service.ts', 'electron', 'refused'],
  ['electron/features/staff/service.ts', '../../desktop/keystore.ts', 'refused'],
  ['electron/features/staff/service.ts', '../../desktop/port.ts', 'allowed'],
  ['electron/features/staff/service.ts', '../../journal/journal.ts', 'allowed'],
  ['electron/features/plan/sheets/rooms.ts', '../../../station.ts', 'refused'],
  ['electron/features/staff/store.ts', './service.ts', 'refused'],
  ['electron/features/staff/store.ts', '../plan/service.ts', 'refused'],
  ['electron/features/staff/store.ts', '../../station.ts', 'refused'],
  ['electron/features/staff/store.ts', '../../db/database.ts', 'allowed'],
  ['electron/features/staff/rules.ts', './store.ts', 'refused'],
  ['electron/features/staff/rules.ts', './service.ts', 'refused'],
  ['electron/features/staff/rules.ts', '../../db/database.ts', 'refused'],
  ['electron/features/staff/rules.ts', '../../journal/journal.ts', 'refused'],
  ['electron/features/staff/rules.ts', '../../devices/clock/port.ts', 'refused'],
  ['electron/features/staff/rules.ts', 'node:fs', 'refused'],
  ['electron/features/staff/rules.ts', 'node:fs/promises', 'refused'],
  ['electron/features/plan/panel-violations.ts', './store.ts', 'refused'],
  ['electron/features/plan/panel-violations.ts', './plan-schema.ts', 'allowed'],
  ['electron/features/staff/rules.ts', '../../lib/result.ts', 'allowed'],
  ['electron/features/staff/rules.ts', '../plan/plan-schema.ts', 'allowed'],
  ['electron/features/staff/rules.ts', '../session/rules.ts', 'allowed'],
  ['electron/features/staff/contract.ts', './service.ts', 'refused'],
  ['electron/features/staff/contract.ts', 'node:crypto', 'refused'],
  ['electron/features/staff/contract.ts', '../../journal/journal.ts', 'refused'],
  ['electron/contract/index.ts', '../features/staff/contract.ts', 'allowed'],
  ['electron/contract/index.ts', '../journal/contract.ts', 'allowed'],
  ['electron/contract/index.ts', '../journal/journal.ts', 'refused'],
  ['electron/contract/index.ts', '../features/staff/service.ts', 'refused'],
  ['renderer/desks/door/Door.tsx', 'electron', 'refused'],
  ['renderer/desks/door/Door.tsx', 'node:path', 'refused'],
  ['renderer/desks/door/Door.tsx', '../../../electron/station.ts', 'refused'],
  ['renderer/desks/door/Door.tsx', '../../../electron/features/staff/service.ts', 'refused'],
  ['renderer/desks/door/Door.tsx', '../../../electron/features/staff/rules.ts', 'refused'],
  ['renderer/desks/door/Door.tsx', '../../../electron/lib/clock.ts', 'refused'],
  ['renderer/desks/door/Door.tsx', '../../../electron/features/staff/contract.ts', 'allowed'],
  ['renderer/desks/door/Door.tsx', '../../../electron/contract/client.ts', 'allowed'],
  ['renderer/desks/door/Door.tsx', '../../../electron/lib/result.ts', 'allowed'],
  ['renderer/desks/door/Door.tsx', '../../../electron/lib/ids.ts', 'allowed'],
  ['renderer/desks/door/Door.tsx', '../../ui/FaceFrame.tsx', 'allowed'],
  ['renderer/desks/door/door.test.ts', '../../../electron/station.ts', 'refused'],
  ['renderer/desks/door/door.test.ts', 'node:fs', 'allowed'],
];

/** The ways a module can be brought in, one line each. */
const WAYS = [
  (imported: string) => `import '${imported}';`,
  (imported: string) => `export * from '${imported}';`,
  (imported: string) => `await import('${imported}');`,
];

/** `file:line` of every complaint, by rule. */
const complaints = new Map<string, Set<string>>();
const linesOf = (rule: string) => complaints.get(rule) ?? new Set();

beforeAll(() => {
  const files = Map.groupBy(planted, ([file]) => file);
  for (const [file, imports] of files) {
    plant(file, imports.flatMap(([, imported]) => WAYS.map((way) => way(imported))).join('\n'));
  }
  plant('electron/features/round/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n");
  plant('electron/features/round/b.ts', "import { a } from './a.ts';\nexport const b = () => a;\n");
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  // Biome takes an empty ignore file for a missing one.
  writeFileSync(join(folder, '.gitignore'), 'out/\n');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=github', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  for (const [, rule = '', file = '', line] of stdout.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+),line=(\d+)/g)) {
    if (!complaints.has(rule)) complaints.set(rule, new Set());
    complaints.get(rule)?.add(`${relative(folder, file)}:${line}`);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(planted)('%s importing %s is %s', (file, imported, verdict) => {
  const first = planted.filter((row) => row[0] === file).findIndex((row) => row[1] === imported) * WAYS.length + 1;
  const expected = verdict === 'refused' ? WAYS.map((_, n) => `${file}:${first + n}`) : [];
  const said = WAYS.map((_, n) => `${file}:${first + n}`).filter((place) => linesOf('noRestrictedImports').has(place));
  expect(said).toEqual(expected);
});

test('two files that import each other are refused', () => {
  const round = [...linesOf('noImportCycles')].filter((place) => place.includes('/round/'));
  expect(round.sort()).toEqual(['electron/features/round/a.ts:1', 'electron/features/round/b.ts:1']);
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
