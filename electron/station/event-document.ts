import { z } from 'zod';
import type { EventDefinition } from '../journal/events.ts';

interface ObjectSchema {
  properties?: Record<string, { type?: string | string[]; anyOf?: { type?: string }[]; enum?: string[] }>;
}

const typeOf = (p: NonNullable<ObjectSchema['properties']>[string]): string =>
  p.enum?.join(' / ') ?? [p.type ?? p.anyOf?.map((a) => a.type ?? 'any') ?? 'any'].flat().join(' / ');

/** The journal's catalogue as a page for the person who reads a journal in a year: Markdown, one row an event. */
export function eventDocument(catalogue: ReadonlyMap<string, EventDefinition>): string {
  const rows = [...catalogue.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, meaning, refusal, data }) => {
      const { properties = {} } = z.toJSONSchema(data, { io: 'output', unrepresentable: 'any' }) as ObjectSchema;
      const fields = Object.entries(properties).map(([name, p]) => `\`${name}\` ${typeOf(p)}`);
      return `| \`${id}\` | ${meaning.zh} | ${meaning.en} | ${refusal ? '拒绝 refusal' : ''} | ${fields.join(', ')} |`;
    });
  return [
    '# 日志里会有什么 · What the journal can hold',
    '',
    'Made by `npm run -s kaodian -- events`; a test keeps it true. Every entry also holds: sequence number, wall clock,',
    'monotonic clock, boot, session, and who (person with role and desk, the station itself, or a stranger).',
    '',
    '| event | 含义 | meaning | | data |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
