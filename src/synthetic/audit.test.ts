import { describe, expect, test } from 'vitest';
import { audit, formatAudit } from './audit.ts';
import type { AuditRow } from './audit-row.ts';
import { generate } from './generate.ts';
import type { GenerateOptions, SyntheticData, SyntheticSession } from './synthetic-data.ts';

const DEFAULTS: GenerateOptions = {
  tutors: 100,
  sessions: 3000,
  days: 90,
  seed: 42,
  asOf: new Date('2026-11-20T12:00:00Z'),
  timezone: 'America/New_York',
};

describe('generated data', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])('reaches every target with seed %i', (seed) => {
    const asOf = new Date(DEFAULTS.asOf.getTime() - seed * 31 * 24 * 60 * 60 * 1000);
    expect(missed({ ...DEFAULTS, seed, asOf })).toEqual([]);
  });

  test.each([75, 80, 93])('reaches every target with %i tutors', (tutors) => {
    expect(missed({ ...DEFAULTS, tutors })).toEqual([]);
  });

  test('shows busier autumns and winters over a year', () => {
    const options = { ...DEFAULTS, days: 365, sessions: 6000 };
    expect(missed(options)).toEqual([]);
    expect(rowOf(options, 'autumn and winter').outcome).toBe('ok');
  });

  test('keeps the classes in the last 90 days of two years', () => {
    expect(missed({ ...DEFAULTS, days: 730, sessions: 8000 })).toEqual([]);
  });

  test('reaches every target in a month', () => {
    expect(missed({ ...DEFAULTS, days: 30 })).toEqual([]);
  });
});

describe('the audit', () => {
  test('prints the targets that exclude each other as excluded', () => {
    const row = rowOf(DEFAULTS, 'moves weekly');
    expect(row).toMatchObject({ wanted: 'about 328 in all', reached: '737', outcome: 'excluded' });
  });

  test('prints the solved load of each class', () => {
    expect(rowOf(DEFAULTS, 'load: sessions').reached).toMatch(/^low [\d.]+, medium [\d.]+, high [\d.]+$/);
    expect(rowOf(DEFAULTS, 'load: tutor moves')).toMatchObject({ wanted: '737', outcome: 'ok' });
  });

  test('says plainly which targets fifty sessions cannot reach', () => {
    const options = { ...DEFAULTS, sessions: 50 };
    expect(rowOf(options, 'medium-risk tutors by')).toMatchObject({
      outcome: 'missed',
      note: '25 have too few sessions for such a rate (under 5)',
    });
    expect(rowOf(options, 'status completed').outcome).toBe('ok');
  });

  test.each([
    { tutors: 1, sessions: 0, days: 1 },
    { tutors: 1, sessions: 40, days: 1 },
    { tutors: 3, sessions: 1000, days: 7 },
    { tutors: 500, sessions: 20, days: 730 },
  ])('judges $sessions sessions of $tutors tutors in $days days', (odd) => {
    const options = { ...DEFAULTS, ...odd };
    const rules = audit(generate(options), options).slice(-7);
    expect(rules.map(({ outcome }) => outcome)).toEqual(rules.map(() => 'ok'));
  });

  test('reports overlaps when the tutors have no hour left', () => {
    expect(rowOf({ ...DEFAULTS, tutors: 1, days: 1, sessions: 100 }, 'overlapping').outcome).toBe('missed');
  });
});

describe('damaged data', () => {
  test.each<[string, string, (session: SyntheticSession) => SyntheticSession]>([
    ['a session of an unknown tutor', 'sessions without', (session) => ({ ...session, tutor_id: 'nobody' })],
    [
      'a session of next year',
      'sessions outside',
      (session) => ({ ...session, scheduled_time: '2027-11-20T12:00:00.000Z' }),
    ],
    [
      'a session before its tutor',
      'sessions or moves before',
      (session) => ({ ...session, scheduled_time: '2001-01-01T12:00:00.000Z' }),
    ],
    ['a broken rule', 'sessions that break', (session) => ({ ...session, duration_minutes: 0 })],
    ['a lesson that is too long', 'duration', (session) => ({ ...session, duration_minutes: 121 })],
  ])('is reported: %s', (_, target, damage) => {
    const data = generate(DEFAULTS);
    const damaged = {
      ...data,
      sessions: data.sessions.map((session, index) => (index === 7 ? damage(session) : session)),
    };
    expect(find(audit(damaged, DEFAULTS), target).outcome).toBe('missed');
  });

  test('is reported: a repeated session', () => {
    const { tutors, sessions } = generate(DEFAULTS);
    const rows = audit({ tutors, sessions: [...sessions, ...sessions.slice(0, 1)] }, DEFAULTS);
    expect(find(rows, 'repeated session ids')).toMatchObject({ reached: '1', outcome: 'missed' });
    expect(find(rows, 'overlapping').outcome).toBe('missed');
  });

  test('is reported: every tutor move blamed on students', () => {
    const { tutors, sessions } = generate(DEFAULTS);
    const rows = audit({ tutors, sessions: sessions.map(byStudent) }, DEFAULTS);
    expect(find(rows, 'of the rescheduled').outcome).toBe('missed');
    expect(find(rows, 'high-risk tutors by').reached).toMatch(/^0 of 15/);
    expect(find(rows, 'flagged').outcome).toBe('missed');
  });

  test('is reported: no data at all', () => {
    const nothing: SyntheticData = { tutors: [], sessions: [] };
    expect(find(audit(nothing, DEFAULTS), 'tutors').outcome).toBe('missed');
  });
});

test('formats rows as an aligned table with a mark each and a count', () => {
  const rows: AuditRow[] = [
    { target: 'tutors', wanted: '100', reached: '100', outcome: 'ok', note: '' },
    { target: 'status completed', wanted: '70.0 %', reached: '60.0 %', outcome: 'missed', note: 'within 0.5 points' },
    { target: 'seasons', wanted: 'busier', reached: 'not judged', outcome: 'excluded', note: 'too short' },
  ];
  expect(formatAudit(rows).split('\n')).toEqual([
    'target            wanted  reached        note',
    'tutors            100     100         ✓',
    'status completed  70.0 %  60.0 %      ✗  within 0.5 points',
    'seasons           busier  not judged  –  too short',
    '',
    '1 ✓ reached, 1 ✗ missed, 1 – excluded',
    '',
  ]);
});

function missed(options: GenerateOptions): AuditRow[] {
  return audit(generate(options), options).filter(({ outcome }) => outcome === 'missed');
}

function rowOf(options: GenerateOptions, target: string): AuditRow {
  return find(audit(generate(options), options), target);
}

function find(rows: AuditRow[], target: string): AuditRow {
  const found = rows.find((row) => row.target.startsWith(target));
  if (found === undefined) throw new Error(`No row ${target}`);
  return found;
}

function byStudent(session: SyntheticSession): SyntheticSession {
  const { reschedule_info } = session;
  return reschedule_info === undefined
    ? session
    : { ...session, reschedule_info: { ...reschedule_info, initiator: 'student' } };
}
