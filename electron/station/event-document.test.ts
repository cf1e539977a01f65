import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventCatalogue } from './catalogue.ts';
import { eventDocument } from './event-document.ts';

test('docs/journal-events.md lists the events as they are: npm run -s kaodian -- events > docs/journal-events.md', () => {
  const kept = readFileSync(join(import.meta.dirname, '../../docs/journal-events.md'), 'utf8');
  expect(kept).toBe(eventDocument(eventCatalogue()));
});
