import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it.each(['=1+1', '+1', '-1', '@sum(1)', '\t=1', '\r=1', '="a""b"', "=cmd|'/c calc'!A1"])(
  'has no cell that a spreadsheet would run: %j',
  (text) => {
    expect(parse(csvLine([text, 'next']))).toEqual([[`'${text}`, 'next']]);
  },
);

it('is read back as it was written, whatever stands in it, but for the apostrophe before a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 }), (cells) => {
      expect(parse(csvLine(cells))).toEqual([cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))]);
    }),
    { numRuns: 50 },
  );
});

it('leaves figures alone, also those below zero', () => {
  expect(csvLine([-1.5, null, true, 3])).toBe('-1.5,,true,3\r\n');
});
