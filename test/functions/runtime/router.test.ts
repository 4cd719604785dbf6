import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { router } from '../../../functions/runtime/router.ts';
import { belongsTo, defineRoute, Uai } from '../../../shared/kernel/index.ts';

const route = (name: `${string}.${string}`, method: 'GET' | 'POST', path: string) =>
  defineRoute({
    name,
    method,
    path: path as '/schools/{uai}',
    rights: { teacher: belongsTo },
    params: { uai: Uai },
    answer: z.string(),
    summary: name,
    example: {},
  });

const find = router({
  readSchool: route('library.read-school', 'GET', '/schools/{uai}'),
  changeSchool: route('library.change-school', 'POST', '/schools/{uai}'),
  readBook: route('library.read-book', 'GET', '/schools/{uai}/books/{book}'),
  readNewest: route('library.read-newest', 'GET', '/schools/{uai}/books/newest'),
  readShelves: route('library.read-shelves', 'GET', '/schools/all/shelves'),
});

describe('the router', () => {
  it('finds a route by method and path, with its parameters and the door', () => {
    expect(find('GET', '/api/teacher/library/schools/0750001A')).toMatchObject({
      name: 'readSchool',
      door: 'teacher',
      params: { uai: '0750001A' },
    });
    expect(find('POST', '/api/teacher/library/schools/0750001A')).toMatchObject({ name: 'changeSchool' });
    expect(find('GET', '/api/staff/library/schools/a/books/b%20c')).toMatchObject({ name: 'readBook', params: { uai: 'a', book: 'b c' } });
  });

  it('prefers a written word, and turns back when it leads nowhere', () => {
    expect(find('GET', '/api/teacher/library/schools/a/books/newest')).toMatchObject({ name: 'readNewest', params: { uai: 'a' } });
    expect(find('GET', '/api/teacher/library/schools/all/books/b')).toMatchObject({ name: 'readBook', params: { uai: 'all', book: 'b' } });
    expect(find('GET', '/api/teacher/library/schools/all/shelves')).toMatchObject({ name: 'readShelves', params: {} });
  });

  it.each([
    ['GET', '/api/teacher/library/nothing'],
    ['PUT', '/api/teacher/library/schools/0750001A'],
    ['GET', '/api/teacher/other/schools/0750001A'],
    ['GET', '/api/teacher/library/schools/0750001A/'],
    ['GET', '/api/teacher/library/schools//books/b'],
    ['GET', '/api/teacher/library/schools/%E0%A4%A'],
    ['GET', '/api/teacher/library/schools/a%00'],
    ['GET', '/teacher/library/schools/0750001A'],
    ['GET', '/'],
    ['GET', ''],
  ])('finds nothing at %s %s', (method, path) => {
    expect(find(method, path)).toBeUndefined();
  });

  it('refuses two routes of one method and shape', () => {
    expect(() => router({ a: route('library.a', 'GET', '/x/{uai}'), b: route('library.b', 'GET', '/x/{book}') })).toThrow('library.b');
  });

  it('finds in well under 10 µs', () => {
    const times = 50_000;
    const before = process.cpuUsage();
    for (let i = 0; i < times; i++) find('GET', '/api/teacher/library/schools/0750001A/books/b');
    expect(process.cpuUsage(before).user / times).toBeLessThan(10);
  });
});
