import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inTransaction, neverEdited, openDatabase, SchemaError } from './database.ts';

const notes = { id: 10, name: 'notes', sql: `CREATE TABLE notes (text TEXT) STRICT; ${neverEdited('notes')}` };
const file = () => join(mkdtempSync(join(tmpdir(), 'kaodian-db-')), 'station.db');

test('a reply after a transaction means synced to disk', () => {
  const db = openDatabase(file(), [notes]);
  expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
});

test('a transaction that throws leaves nothing behind', () => {
  const db = openDatabase(':memory:', [notes]);
  const attempt = () =>
    inTransaction(db, (w) => {
      w.prepare('INSERT INTO notes VALUES (?)').run('half');
      throw new Error('power');
    });
  expect(attempt).toThrow('power');
  expect(db.prepare('SELECT count(*) AS n FROM notes').get()).toEqual({ n: 0 });
});

test('a table of record cannot be edited', () => {
  const db = openDatabase(':memory:', [notes]);
  inTransaction(db, (w) => w.prepare('INSERT INTO notes VALUES (?)').run('kept'));
  expect(() => db.prepare('UPDATE notes SET text = ?').run('changed')).toThrow('never edited');
  expect(() => db.prepare('DELETE FROM notes').run()).toThrow('never deleted');
});

test('a file from a newer version stops the start', () => {
  const path = file();
  openDatabase(path, [notes, { id: 20, name: 'later', sql: 'CREATE TABLE later (x TEXT) STRICT' }]).raw.close();
  expect(() => openDatabase(path, [notes])).toThrow(SchemaError);
});

test('a step that fails leaves the schema where it was', () => {
  const path = file();
  openDatabase(path, [notes]).raw.close();
  const broken = { id: 20, name: 'broken', sql: 'CREATE TABLE half (x TEXT) STRICT; CREATE TABLE notes (y TEXT);' };
  expect(() => openDatabase(path, [notes, broken])).toThrow('already exists');
  const db = openDatabase(path, [notes]);
  expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").all()).toEqual([]);
});
