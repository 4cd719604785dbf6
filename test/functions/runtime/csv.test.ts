import { expect, it } from 'vitest';
import { csvLines, csvReply } from '../../../functions/runtime/csv.ts';

it('keeps a cell that begins like a formula from running as one, and a number a number', () => {
  expect(csvLines([['=1+1', '+33 6', '-2', '@SUM(A1)', '\t=1', 'Léa; Noa', -2, undefined]])).toBe(
    `'=1+1;'+33 6;'-2;'@SUM(A1);'\t=1;"Léa; Noa";-2;\r\n`,
  );
});

it('is a file with a name, marked as UTF-8', () => {
  const { body, headers } = csvReply('0750001A-classes', [['é']]);
  expect(body).toBe('\uFEFFé\r\n');
  expect(headers).toEqual({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="0750001A-classes.csv"',
  });
});
