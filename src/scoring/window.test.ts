import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, isWithin, WINDOW_DAYS, windowAt } from './window.ts';

const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const lengths = fc.constantFrom(...WINDOW_DAYS);
/** Milliseconds from `asOf`, mostly right at an edge of a window. */
const edges = fc
  .tuple(fc.constantFrom(10, 0, -7, -14, -30, -60, -90, -180, -200), fc.integer({ min: -2, max: 2 }))
  .map(([days, ms]) => days * DAY_MS + ms);

describe('a window', () => {
  it('is one of 7, 30 and 90 days', () => {
    expect(WINDOW_DAYS).toEqual([7, 30, 90]);
  });

  it.each([
    { asOf: '2024-02-08T12:00:00.000Z', days: 7, from: '2024-02-01T12:00:00.000Z' },
    // Over 29 February.
    { asOf: '2024-03-15T00:00:00.000Z', days: 30, from: '2024-02-14T00:00:00.000Z' },
    { asOf: '2023-03-15T00:00:00.000Z', days: 30, from: '2023-02-13T00:00:00.000Z' },
    { asOf: '2024-01-01T00:00:00.000Z', days: 90, from: '2023-10-03T00:00:00.000Z' },
    // Clocks went forward in New York on 10 March and in Berlin on 31 March: a day keeps its 24 hours.
    { asOf: '2024-03-12T12:00:00.000-04:00', days: 7, from: '2024-03-05T11:00:00.000-05:00' },
    { asOf: '2024-04-02T12:00:00.000+02:00', days: 7, from: '2024-03-26T11:00:00.000+01:00' },
    // And back, on 27 October.
    { asOf: '2024-10-29T12:00:00.000+01:00', days: 7, from: '2024-10-22T13:00:00.000+02:00' },
  ])('of $days days at $asOf begins at $from', ({ asOf, days, from }) => {
    expect(windowAt(new Date(asOf), days)).toEqual({ from: new Date(from), until: new Date(asOf) });
  });

  it.each([
    { instant: '2024-02-01T11:59:59.999Z', isInside: false },
    { instant: '2024-02-01T12:00:00.000Z', isInside: true },
    { instant: '2024-02-01T13:00:00.000+01:00', isInside: true },
    { instant: '2024-02-05T00:00:00.000Z', isInside: true },
    { instant: '2024-02-08T11:59:59.999Z', isInside: true },
    { instant: '2024-02-08T12:00:00.000Z', isInside: false },
    { instant: '2024-02-09T00:00:00.000Z', isInside: false },
  ])('holds its lower end and not its upper one: $instant is $isInside', ({ instant, isInside }) => {
    expect(isWithin(new Date(instant), windowAt(new Date('2024-02-08T12:00:00Z'), 7))).toBe(isInside);
  });

  it('has exactly so many times 24 hours, and the instant just before its end', () => {
    fc.assert(
      fc.property(instants, lengths, (asOf, length) => {
        const window = windowAt(asOf, length);
        expect(window.until.getTime() - window.from.getTime()).toBe(length * 24 * 60 * 60 * 1000);
        expect(isWithin(new Date(asOf.getTime() - 1), window)).toBe(true);
        expect(isWithin(asOf, window)).toBe(false);
      }),
    );
  });

  it('follows on the one before without a gap and without an overlap', () => {
    fc.assert(
      fc.property(instants, edges, lengths, (asOf, away, length) => {
        const instant = new Date(asOf.getTime() + away);
        const window = windowAt(asOf, length);
        const before = windowAt(window.from, length);
        const both = windowAt(asOf, 2 * length);
        expect(Number(isWithin(instant, window)) + Number(isWithin(instant, before))).toBe(
          Number(isWithin(instant, both)),
        );
      }),
    );
  });

  it('lies within every longer one of the same instant', () => {
    fc.assert(
      fc.property(instants, edges, (asOf, away) => {
        const instant = new Date(asOf.getTime() + away);
        const [week, month, quarter] = WINDOW_DAYS.map((length) => isWithin(instant, windowAt(asOf, length)));
        expect(!week || month).toBe(true);
        expect(!month || quarter).toBe(true);
      }),
    );
  });

  it('leaves the instant it was asked for alone', () => {
    const asOf = new Date('2024-02-08T12:00:00Z');
    windowAt(asOf, 7);
    expect(asOf).toEqual(new Date('2024-02-08T12:00:00Z'));
  });
});
