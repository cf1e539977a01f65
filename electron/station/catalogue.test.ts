import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventCatalogue } from './catalogue.ts';

const catalogue = [...eventCatalogue().values()];
const featuresDir = join(import.meta.dirname, '../features');

test('every event has a well-formed id that begins with a feature, and a meaning in both languages', () => {
  const features = new Set(readdirSync(featuresDir));
  for (const { id, meaning } of catalogue) {
    expect(id).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect(features).toContain(id.split('.')[0]);
    expect(meaning.zh).toMatch(/\p{Script=Han}/u);
    expect(meaning.en).toMatch(/^[A-Z][\x20-\x7e]+$/);
  }
});

test('no two events mean the same', () => {
  for (const tongue of ['zh', 'en'] as const) {
    const meanings = catalogue.map((d) => d.meaning[tongue]);
    expect(meanings.filter((m, i) => meanings.indexOf(m) !== i)).toEqual([]);
  }
});

test('every events file of a feature is in the catalogue', () => {
  const inFiles = readdirSync(featuresDir, { recursive: true, encoding: 'utf8' })
    .filter((f) => /(^|[\\/])events\.ts$/.test(f))
    .flatMap((f) => [...readFileSync(join(featuresDir, f), 'utf8').matchAll(/(?:event|refusal)\(\s*'([^']+)'/g)])
    .map((m) => m[1]);
  expect(catalogue.map((d) => d.id).sort()).toEqual(inFiles.sort());
});

test('every event is put on record by somebody', () => {
  const sources = ['../features', '../station', '..']
    .flatMap((folder) => {
      const dir = join(import.meta.dirname, folder);
      return readdirSync(dir, { recursive: folder !== '..', encoding: 'utf8' }).map((f) => join(dir, f));
    })
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !/[\\/]events\.ts$/.test(f))
    .map((f) => readFileSync(f, 'utf8'))
    .join('\n');
  const names = readdirSync(featuresDir, { recursive: true, encoding: 'utf8' })
    .filter((f) => /(^|[\\/])events\.ts$/.test(f))
    .flatMap((f) => {
      const text = readFileSync(join(featuresDir, f), 'utf8');
      const group = /export const (\w+Events) =/.exec(text)?.[1];
      return [...text.matchAll(/^ {2}(\w+): (?:event|refusal)\(/gm)].map((m) => `${group}.${m[1]}`);
    });
  expect(names).toHaveLength(catalogue.length);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
});
