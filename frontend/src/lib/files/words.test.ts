import { expect, test } from 'vitest';
import { Problem } from '../api/problem';
import da from '../text/da.json';
import { fileWords, sizeOf, thumbnailSize } from './words';

test('a size is told as the language writes it', () => {
  expect(sizeOf(1, 'da')).toBe('1 kB');
  expect(sizeOf(161_400, 'da')).toBe('161 kB');
  expect(sizeOf(1_250_000, 'da')).toBe('1,3 MB');
  expect(sizeOf(1_250_000, 'en')).toBe('1.3 MB');
});

test('a picture takes the room that its small one will have', () => {
  expect(thumbnailSize(4000, 3000)).toEqual({ width: 480, height: 360 });
  expect(thumbnailSize(30, 20)).toEqual({ width: 30, height: 20 });
  expect(thumbnailSize(3000, 1)).toEqual({ width: 480, height: 1 });
});

test('each thing that can be wrong with a file has its own words', () => {
  for (const code of ['active', 'broken', 'empty', 'full', 'locked', 'pixels', 'too_big', 'type', 'unpacks', 'waiting'])
    expect(fileWords(new Problem(`file_${code}`))).toBe(da[`error.file_${code}` as keyof typeof da]);
  expect(fileWords(new Problem('offline'))).toBe(da['error.offline']);
});
