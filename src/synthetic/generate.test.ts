import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionBody } from '../contract/sessions.ts';
import { DAY_MS } from '../scoring/window.ts';
import { localClock } from './calendar.ts';
import { generate } from './generate.ts';
import type { GenerateOptions } from './synthetic-data.ts';

const DEFAULTS: GenerateOptions = {
  tutors: 100,
  sessions: 3000,
  days: 90,
  seed: 42,
  asOf: new Date('2026-11-20T12:00:00Z'),
  timezone: 'America/New_York',
};

const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/Sao_Paulo'];

const anyOptions: fc.Arbitrary<GenerateOptions> = fc.record({
  tutors: fc.integer({ min: 1, max: 60 }),
  sessions: fc.integer({ min: 0, max: 400 }),
  days: fc.integer({ min: 1, max: 730 }),
  seed: fc.integer(),
  asOf: fc.date({ min: new Date('2005-01-01Z'), max: new Date('2035-01-01Z'), noInvalidDate: true }),
  timezone: fc.constantFrom(...ZONES),
});

describe('any options', () => {
  test('give exactly the requested numbers, with ids and emails of their own', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { tutors, sessions } = generate(options);
        expect(tutors).toHaveLength(options.tutors);
        expect(sessions).toHaveLength(options.sessions);
        expect(new Set(tutors.map(({ id }) => id)).size).toBe(options.tutors);
        expect(new Set(tutors.map(({ email }) => email)).size).toBe(options.tutors);
        expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(options.sessions);
      }),
      { numRuns: 40 },
    );
  });

  test('give sessions that the API accepts', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        for (const session of generate(options).sessions) {
          expect(sessionBody.safeParse(session).error).toBeUndefined();
          expect(session.status === 'rescheduled').toBe(session.reschedule_info !== undefined);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('give sessions of known tutors that are over at as_of and lie in the period, after the tutor was created', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { tutors, sessions } = generate(options);
        const created = new Map(tutors.map(({ id, created_at }) => [id, created_at.getTime()]));
        const asOf = options.asOf.getTime();
        for (const session of sessions) {
          const start = Date.parse(session.scheduled_time);
          const known = created.get(session.tutor_id) ?? Number.NaN;
          expect(start).toBeGreaterThanOrEqual(Math.max(known, asOf - options.days * DAY_MS));
          expect(start + session.duration_minutes * 60_000).toBeLessThanOrEqual(asOf);
          expect(Date.parse(session.occurred_at)).toBeLessThanOrEqual(asOf);
          expect(Date.parse(session.occurred_at)).toBeGreaterThanOrEqual(known);
          expect(Date.parse(session.completed_time ?? session.scheduled_time)).toBeGreaterThanOrEqual(start);
          expect(session.duration_minutes).toBeGreaterThanOrEqual(30);
          expect(session.duration_minutes).toBeLessThanOrEqual(120);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('give the same bytes again, and others for another seed', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const text = JSON.stringify(generate(options));
        expect(JSON.stringify(generate({ ...options }))).toBe(text);
        expect(JSON.stringify(generate({ ...options, seed: options.seed + 1 }))).not.toBe(text);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the default options', () => {
  const { tutors, sessions } = generate(DEFAULTS);

  test('start lessons on half hours between 08:00 and 22:00 local time, across the change of clocks', () => {
    const localTime = localClock(DEFAULTS.timezone);
    for (const { scheduled_time } of sessions) {
      const { hour, minute } = localTime(Date.parse(scheduled_time));
      expect(minute % 30).toBe(0);
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThan(22);
    }
  });

  test('come in order of scheduled time', () => {
    const times = sessions.map(({ scheduled_time }) => scheduled_time);
    expect(times).toEqual(times.toSorted());
  });

  test('let no tutor teach two lessons at once', () => {
    for (const { id } of tutors) {
      let busyUntil = '';
      for (const session of sessions.filter(({ tutor_id }) => tutor_id === id)) {
        expect(session.scheduled_time >= busyUntil).toBe(true);
        const end = Date.parse(session.scheduled_time) + session.duration_minutes * 60_000;
        busyUntil = session.completed_time ?? new Date(end).toISOString();
      }
    }
  });

  test('move lessons to a later time or cancel them', () => {
    const moves = sessions.flatMap(({ reschedule_info }) => reschedule_info ?? []);
    expect(moves.filter(({ new_time }) => new_time === null).length).toBeGreaterThan(0);
    expect(moves.filter(({ new_time }) => new_time !== null).length).toBeGreaterThan(moves.length / 2);
    const wrong = moves.filter(
      ({ new_time, original_time, cancelled_at }) =>
        new_time !== null && (new_time <= original_time || new_time <= cancelled_at),
    );
    expect(wrong).toEqual([]);
  });

  test('stay the same tutors when only the number of sessions changes', () => {
    expect(generate({ ...DEFAULTS, sessions: 10 }).tutors).toEqual(tutors);
  });
});

test('gives ten thousand tutors an email address each', () => {
  const { tutors } = generate({ ...DEFAULTS, tutors: 10_000, sessions: 0 });
  expect(new Set(tutors.map(({ email }) => email)).size).toBe(10_000);
});

test('refuses a time zone that does not exist', () => {
  expect(() => generate({ ...DEFAULTS, timezone: 'Mars/Olympus' })).toThrow(RangeError);
});
