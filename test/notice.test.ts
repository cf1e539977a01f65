import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const notice = readFileSync(join(root, 'NOTICE'), 'utf8').split('\n');

/** The line of NOTICE that names a package as a whole word. */
const lineOf = (name: string) => notice.find((line) => line.split(/[\s,]+/).includes(name));

const shipped = [...Object.keys(json('package.json').dependencies), ...bundledByTheDesks()];

test.each(shipped)('NOTICE names %s with its licence', (name) => {
  expect(lineOf(name)).toContain(json(`node_modules/${name}/package.json`).license);
});

/** Packages that the desks' sources import: they end up in the bundle although they are development dependencies. */
function bundledByTheDesks(): string[] {
  const known = Object.keys(json('package.json').devDependencies);
  const named = new Set<string>();
  for (const path of readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path)) continue;
    const text = readFileSync(join(root, 'renderer', path), 'utf8');
    for (const [, from = ''] of text.matchAll(/(?:from|import) '([^'.][^']*)'/g)) {
      const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
      if (known.includes(name)) named.add(name);
    }
  }
  return [...named].sort();
}
