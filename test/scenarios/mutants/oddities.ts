import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, isPayload, type Mutation, pick } from './mutation.ts';

const CHANGES: readonly [string, (text: string) => string][] = [
  ['CRLF', (t) => t.replaceAll('\n', '\r\n')],
  ['CR', (t) => t.replaceAll('\n', '\r')],
  ['a byte order mark', (t) => `\ufeff${t}`],
  ['no last newline', (t) => t.replace(/\n$/, '')],
  ['an empty line at the end', (t) => `${t}\n`],
  ['an empty line at the beginning', (t) => `\n${t}`],
  ['white space at the end of lines', (t) => t.replaceAll('\n', ' \n')],
  ['tabs', (t) => t.replaceAll(' ', '\t')],
  ['upper case', (t) => t.toUpperCase()],
  ['hashes in upper case', (t) => t.replace(/\b[0-9a-f]{64}\b/g, (h) => h.toUpperCase())],
  ['the mark of binary files', (t) => t.replaceAll('  data/', ' *data/')],
  ['./ before paths', (t) => t.replaceAll('  ', '  ./')],
  ['doubled slashes', (t) => t.replaceAll('data/', 'data//')],
  ['backslashes', (t) => t.replaceAll('/', '\\')],
  ['percent signs', (t) => t.replaceAll('data/', 'data%2F')],
  ['NUL', (t) => t.replace('\n', '\0\n')],
  ['UTF-16', (t) => Buffer.from(t, 'utf16le').toString('latin1')],
  ['a comment', (t) => `# checked\n${t}`],
  ['the first line twice', (t) => `${t.slice(0, t.indexOf('\n') + 1)}${t}`],
  ['the last line twice', (t) => t + t.slice(t.trimEnd().lastIndexOf('\n') + 1)],
  ['no first line', (t) => t.slice(t.indexOf('\n') + 1)],
  ['no last line', (t) => t.slice(0, t.trimEnd().lastIndexOf('\n') + 1)],
  ['a path out of the bundle', (t) => `${t}${'0'.repeat(64)}  data/../../secret\n`],
  ['an absolute path', (t) => `${t}${'0'.repeat(64)}  /etc/passwd\n`],
  ['a member of every object', (t) => `${t}__proto__: x\n`],
  ['something else', () => 'something else\n'],
  ['nothing', () => ''],
];

/** A text of the bundle in a spelling that a forgiving reader would take for the same. */
export const respell: Mutation = (w, random) => {
  const path = pick(
    random,
    w.files.filter((p) => !isPayload(p)),
  );
  const [what, change] = pick(random, CHANGES);
  const before = w.read(path).toString('latin1');
  const after = change(before);
  if (after === before) return undefined;
  w.write(path, Buffer.from(after, 'latin1'));
  return { what: `${path} with ${what}`, named: [path] };
};

/** Something that no station puts there. */
export const add: Mutation = (w, random) => {
  const folder = pick(random, [
    '',
    'data/',
    'data/video/',
    'data/4-results/',
    'data/new/',
    'new/',
    'data/a b/',
    'data/..x/',
    '.git/',
  ]);
  const name = pick(random, [
    ...[
      'extra.txt',
      'extra.age',
      '.hidden',
      'fetch.txt',
      'manifest-md5.txt',
      'tagmanifest-sha512.txt',
      'Thumbs.db',
      'con',
      'nul.age',
      'a b.age',
      '考生.age',
      '~lock',
      'index.json.age.bak',
      '-rf',
      '$(id).age',
      'x'.repeat(200),
    ],
  ]);
  const path = folder + name;
  if (w.files.includes(path)) return undefined;
  if (random() < 0.15) {
    const empty = folder === '' || /[ .]/.test(folder) ? 'data/empty' : `${folder}empty`;
    w.makeFolder(empty);
    return { what: `an empty folder ${empty}`, named: [empty] };
  }
  w.write(path, pick(random, [Buffer.alloc(0), Buffer.from('x'), w.read(pick(random, w.files))]));
  return { what: `${path} added`, named: [path] };
};

/** What is no plain file: to the right bytes, to nothing, around in a circle, or a pipe that never ends. */
export const oddKind: Mutation = (w, random) => {
  const path = pick(random, w.files);
  const kind = below(random, 6);
  if (kind === 0) {
    const beside = `${w.dir}.beside`;
    writeFileSync(beside, w.read(path));
    w.link(path, beside);
    return { what: `${path} is a link to its own bytes`, named: [path] };
  }
  if (kind === 1) {
    w.link(path, '/nowhere');
    return { what: `${path} is a link to nothing`, named: [path] };
  }
  if (kind === 2) {
    w.link(path, path.split('/').at(-1)!);
    return { what: `${path} is a link to itself`, named: [path] };
  }
  if (kind === 3) {
    w.link('data/more', '..');
    return { what: 'a link in a circle', named: ['data/more'] };
  }
  if (kind === 4) {
    w.remove(path);
    execFileSync('mkfifo', [join(w.dir, path)]);
    return { what: `${path} is a pipe`, named: [path] };
  }
  w.remove(path);
  w.makeFolder(path);
  return { what: `${path} is a folder`, named: [path] };
};
