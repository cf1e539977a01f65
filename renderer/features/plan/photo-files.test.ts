import { expect, test } from 'vitest';
import { choosePhotos, mostPhotos } from './photo-files.ts';

const file = (name: string) => new File([], name);

test('only pictures of a folder count', () => {
  const [a, b] = [file('A01.JPG'), file('A02.png')];
  expect(choosePhotos([a, file('Thumbs.db'), file('._A01.jpg'), b])).toEqual({ kind: 'pictures', files: [a, b] });
  expect(choosePhotos([file('Thumbs.db')])).toEqual({ kind: 'none' });
});

test('a zip stands for all photos', () => {
  const zip = file('photos.zip');
  expect(choosePhotos([zip])).toEqual({ kind: 'zip', file: zip });
});

test('more pictures than one request takes are refused before anything is sent', () => {
  const many = Array.from({ length: mostPhotos + 1 }, (_, i) => file(`${i}.jpg`));
  expect(choosePhotos(many)).toEqual({ kind: 'too-many' });
  expect(choosePhotos(many.slice(1)).kind).toBe('pictures');
});
