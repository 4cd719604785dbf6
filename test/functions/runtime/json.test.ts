import { describe, expect, it } from 'vitest';
import { parseForm, parseJson } from '../../../functions/runtime/json.ts';

describe('a stranger’s JSON', () => {
  it('is read when it is sound', () => {
    const source = '{"a": [1, {"b: \\" {": "x:y"}], "é": null, "c": "\\u00e9\\\\"}';
    expect(parseJson(source)).toEqual({ value: JSON.parse(source) });
    expect(parseJson('"a:b"')).toEqual({ value: 'a:b' });
  });

  it.each([
    ['is broken', '{"a":'],
    ['writes a key twice', '{"role":"pupil","role":"staff"}'],
    ['writes a key twice, once escaped', '{"role":"pupil","r\\u006fle":"staff"}'],
    ['writes a key twice deep inside', '[{"a":{"b":1,"b":1}}]'],
    ['reaches for the prototype', '{"__proto__":{"admin":true}}'],
    ['nests without end', `${'['.repeat(40)}${']'.repeat(40)}`],
    ['holds a NUL', '{"a":"b\\u0000"}'],
    ['holds half a character', '{"a":"\\ud800"}'],
    ['holds half a character in a name', '{"\\udc00":1}'],
  ])('is refused when it %s', (_, source) => {
    expect(parseJson(source)).toBeUndefined();
  });

  it('survives a body of one long string and one of much nesting', () => {
    expect(parseJson(JSON.stringify('x'.repeat(250_000)))).toBeDefined();
    expect(parseJson('['.repeat(200_000))).toBeUndefined();
  });
});

describe('a form', () => {
  it('is read, a name given twice as a list', () => {
    expect(parseForm('reason=illness&day=1&day=2&note=%C3%A9+b')).toEqual({ reason: 'illness', day: ['1', '2'], note: 'é b' });
  });

  it.each(['__proto__=1', 'a=%00'])('is refused: %s', (source) => {
    expect(parseForm(source)).toBeUndefined();
  });
});
