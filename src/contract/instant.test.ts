import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, instant, instantOf, parseInstant } from './instant.ts';

const HOUR_MS = 60 * 60 * 1000;

describe('reading an instant', () => {
  it.each([
    ['2024-01-15T14:00:00Z', '2024-01-15T14:00:00.000000Z'],
    ['2024-01-15t14:00:00z', '2024-01-15T14:00:00.000000Z'],
    ['2024-01-15T14:00Z', '2024-01-15T14:00:00.000000Z'],
    ['2024-01-15T14:00+01:00', '2024-01-15T13:00:00.000000Z'],
    // Fractions of a second: kept to the microsecond, the rest cut off.
    ['2024-01-15T14:00:00.5Z', '2024-01-15T14:00:00.500000Z'],
    ['2024-01-15T14:00:00.123456Z', '2024-01-15T14:00:00.123456Z'],
    ['2024-01-15T14:00:00.1234567Z', '2024-01-15T14:00:00.123456Z'],
    ['2024-01-15T14:00:00.999999999Z', '2024-01-15T14:00:00.999999Z'],
    ['2024-01-15T14:00:00.000001-03:30', '2024-01-15T17:30:00.000001Z'],
    // Offsets.
    ['2024-01-15T14:00:00+00:00', '2024-01-15T14:00:00.000000Z'],
    ['2024-01-15T14:00:00-00:00', '2024-01-15T14:00:00.000000Z'],
    ['2024-01-15T14:00:00+05:30', '2024-01-15T08:30:00.000000Z'],
    ['2024-01-15T14:00:00+0530', '2024-01-15T08:30:00.000000Z'],
    ['2024-01-15T14:00:00+05:45', '2024-01-15T08:15:00.000000Z'],
    ['2024-01-15T14:00:00-09:30', '2024-01-15T23:30:00.000000Z'],
    ['2024-01-15T14:00:00+14:00', '2024-01-15T00:00:00.000000Z'],
    ['2024-01-15T14:00:00-12:00', '2024-01-16T02:00:00.000000Z'],
    ['2024-01-15T14:00:00+23:59', '2024-01-14T14:01:00.000000Z'],
    // Over the end of a day, a month, a year.
    ['2024-01-01T00:30:00+01:00', '2023-12-31T23:30:00.000000Z'],
    ['2024-02-28T23:30:00-01:00', '2024-02-29T00:30:00.000000Z'],
    ['2023-02-28T23:30:00-01:00', '2023-03-01T00:30:00.000000Z'],
    ['1999-12-31T23:59:59.999999-00:01', '2000-01-01T00:00:59.999999Z'],
    // Leap years.
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000000Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00.000000Z'],
    // The first and the last year.
    ['0100-01-01T00:00:00Z', '0100-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('takes %s as %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    // No offset, or half of one.
    '2024-01-15T14:00:00',
    '2024-01-15',
    '2024-01-15T14:00:00+01',
    '2024-01-15T14:00:00 UTC',
    '2024-01-15T14:00:00+24:00',
    '2024-01-15T14:00:00-24:00',
    '2024-01-15T14:00:00+05:60',
    // No such time of day, no such day.
    '2024-01-15T24:00:00Z',
    '2024-01-15T23:60:00Z',
    '2024-01-15T23:59:60Z',
    '2024-02-30T12:00:00Z',
    '2024-04-31T12:00:00Z',
    '2023-02-29T12:00:00Z',
    '1900-02-29T12:00:00Z',
    '2024-00-15T12:00:00Z',
    '2024-13-15T12:00:00Z',
    '2024-01-00T12:00:00Z',
    '2024-01-32T12:00:00Z',
    '2024-99-99T99:99:99Z',
    // Years that a text of this length cannot hold, or that JavaScript takes for 19xx.
    '0000-01-01T00:00:00Z',
    '0099-12-31T23:59:59Z',
    '9999-12-31T23:59:59-00:01',
    '10000-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '-2024-01-15T14:00:00Z',
    // Another spelling.
    '',
    'now',
    '1705327200',
    '2024-01-15 14:00:00Z',
    ' 2024-01-15T14:00:00Z',
    '2024-01-15T14:00:00Z\n',
    '2024-1-15T14:00:00Z',
    '2024-01-15T14Z',
    '2024-01-15T14:00:00.Z',
    '2024-01-15T14:00:00,5Z',
    '20240115T140000Z',
    '2024-W03-1T14:00:00Z',
    '２０２４-01-15T14:00:00Z',
    'Mon, 15 Jan 2024 14:00:00 GMT',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBe(null);
  });

  it('means the same as a Date, to the millisecond, in every offset', () => {
    fc.assert(
      fc.property(millis, offsetMinutes, (ms, minutes) => {
        const text = writtenIn(minutes, ms);
        expect(parseInstant(text)).toBe(instantOf(new Date(Date.parse(text))));
      }),
    );
  });

  it('gives texts that are in the order of time', () => {
    fc.assert(
      fc.property(millis, fc.integer({ min: -2, max: 2 }), offsetMinutes, offsetMinutes, (ms, step, a, b) => {
        const [first, second] = [parseInstant(writtenIn(a, ms)) ?? '', parseInstant(writtenIn(b, ms + step)) ?? ''];
        expect(first < second).toBe(step > 0);
        expect(first === second).toBe(step === 0);
      }),
    );
  });

  it('leaves alone what it has made', () => {
    fc.assert(
      fc.property(millis, fc.nat(999), (ms, micros) => {
        const made = withMicros(ms, micros);
        expect(parseInstant(made)).toBe(made);
      }),
    );
  });

  it('refuses any text without failing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9TtZz:+. -]{0,40}$/), (text) => {
        expect(parseInstant(text)).toSatisfy((value) => value === null || typeof value === 'string');
      }),
    );
  });
});

describe('an instant that is moved', () => {
  it.each([
    ['2024-01-15T14:00:00.123456Z', HOUR_MS, '2024-01-15T15:00:00.123456Z'],
    ['2024-01-15T14:00:00.123456Z', -HOUR_MS, '2024-01-15T13:00:00.123456Z'],
    ['2024-01-15T14:00:00.123456Z', 0, '2024-01-15T14:00:00.123456Z'],
    ['2024-01-15T14:00:00.999999Z', 1, '2024-01-15T14:00:01.000999Z'],
    ['2024-01-15T14:00:00.000001Z', -1, '2024-01-15T13:59:59.999001Z'],
    ['2024-12-31T23:59:59.999999Z', 1000, '2025-01-01T00:00:00.999999Z'],
  ])('%s by %i ms is %s', (from, ms, expected) => {
    expect(addMs(from, ms)).toBe(expected);
  });

  it('comes back to the microsecond', () => {
    fc.assert(
      fc.property(millis, fc.nat(999), fc.integer({ min: -1e12, max: 1e12 }), (ms, micros, by) => {
        const start = withMicros(ms, micros);
        expect(addMs(addMs(start, by), -by)).toBe(start);
      }),
    );
  });
});

describe('a Date', () => {
  it('becomes an instant without microseconds', () => {
    expect(instantOf(new Date('2024-01-15T14:00:00.123Z'))).toBe('2024-01-15T14:00:00.123000Z');
  });
});

describe('an instant in a body', () => {
  it('is read as an instant', () => {
    expect(instant.parse('2024-01-15T14:00:00+05:30')).toBe('2024-01-15T08:30:00.000000Z');
  });

  it.each(['2024-01-15T14:00:00', 'yesterday', 1_705_327_200_000, null, undefined, new Date(0)])(
    'is not %j',
    (value) => {
      expect(instant.safeParse(value).success).toBe(false);
    },
  );
});

/** From the year 1000 on; the end leaves room for what tests add. */
const millis = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9900, 0, 1) });
const offsetMinutes = fc.integer({ min: -(24 * 60 - 1), max: 24 * 60 - 1 });

function writtenIn(minutes: number, ms: number): string {
  const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1);
  const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function withMicros(ms: number, micros: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
