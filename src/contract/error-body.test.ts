import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { detailsOf } from './error-body.ts';
import { batchBody, sessionBody } from './sessions.ts';
import { settingsBody } from './settings.ts';
import { historyQuery } from './tutor-history.ts';
import { tutorBody, tutorIdParams, tutorListQuery } from './tutors.ts';

function details(schema: z.ZodType, value: unknown): Record<string, string> {
  const parsed = schema.safeParse(value);
  return parsed.success ? {} : detailsOf(parsed.error);
}

const SESSION = {
  session_id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
  tutor_id: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
  student_id: 's-1',
  scheduled_time: '2024-01-15T14:00:00Z',
  status: 'no_show',
};
const MOVE = { initiator: 'tutor', new_time: '2024-01-16T14:00:00Z' };

describe('the details of a refused body', () => {
  it('name every field that is missing', () => {
    expect(details(sessionBody, {})).toEqual({
      session_id: 'is required',
      tutor_id: 'is required',
      student_id: 'is required',
      scheduled_time: 'is required',
      status: 'is required',
    });
    expect(details(settingsBody, {})).toEqual({ risk_threshold: 'is required' });
    expect(details(tutorBody, {})).toEqual({ name: 'is required' });
  });

  it.each([
    [{ session_id: 7 }, { session_id: 'must be a UUID' }],
    [{ tutor_id: 'T-1' }, { tutor_id: 'must be a UUID' }],
    [{ student_id: 7 }, { student_id: 'must be text' }],
    [{ student_id: ' ' }, { student_id: 'must not be empty' }],
    [{ student_id: 's'.repeat(256) }, { student_id: 'must have at most 255 characters' }],
    [{ student_id: '\u0000' }, { student_id: 'must not contain NUL or broken characters' }],
    [{ scheduled_time: 1_705_327_200 }, { scheduled_time: 'must be a time as text' }],
    [
      { scheduled_time: '2024-01-15T14:00:00' },
      { scheduled_time: 'must be an ISO 8601 time with an offset, such as 2024-01-15T14:00:00Z' },
    ],
    [{ status: 'cancelled' }, { status: 'must be one of completed, rescheduled, no_show' }],
    [{ status: null }, { status: 'must be one of completed, rescheduled, no_show' }],
    [{ duration_minutes: 0 }, { duration_minutes: 'must be at least 1' }],
    [{ duration_minutes: 1441 }, { duration_minutes: 'must be at most 1440' }],
    [{ duration_minutes: 1.5 }, { duration_minutes: 'must be a whole number of minutes' }],
    [{ duration_minutes: '60' }, { duration_minutes: 'must be a whole number of minutes' }],
    [
      { colour: 'red', size: 7 },
      { colour: 'is not a known field', size: 'is not a known field' },
    ],
    [
      { reschedule_info: { ...MOVE, initiator: 'admin' } },
      { 'reschedule_info.initiator': 'must be one of tutor, student' },
    ],
    [{ reschedule_info: {} }, { 'reschedule_info.initiator': 'is required' }],
    [{ reschedule_info: { ...MOVE, why: 'x' } }, { 'reschedule_info.why': 'is not a known field' }],
    [{ reschedule_info: 'moved' }, { reschedule_info: 'must be an object' }],
    [{ tutor: { name: 'Ada', email: 'ada' } }, { 'tutor.email': 'must be an email address' }],
    [{ tutor: {} }, { 'tutor.name': 'is required' }],
    [{ tutor: 'Ada' }, { tutor: 'must be an object' }],
  ])('say what is wrong with a session of %j', (change, expected) => {
    expect(details(sessionBody, { ...SESSION, ...change })).toEqual(expected);
  });

  it('name every wrong field at once, with one reason each', () => {
    const wrong = {
      ...SESSION,
      session_id: 'x',
      status: 'x',
      duration_minutes: -0.5,
      reschedule_info: { initiator: 'x' },
    };
    expect(details(sessionBody, wrong)).toEqual({
      session_id: 'must be a UUID',
      status: 'must be one of completed, rescheduled, no_show',
      duration_minutes: 'must be a whole number of minutes',
      'reschedule_info.initiator': 'must be one of tutor, student',
    });
  });

  it.each([null, [], 'text', 7, true])('say of %j that it is no object', (body) => {
    for (const schema of [sessionBody, batchBody, settingsBody, tutorBody]) {
      expect(details(schema, body)).toEqual({ body: 'must be an object' });
    }
  });

  it('say of a batch without a list that it needs one', () => {
    expect(details(batchBody, {})).toEqual({ sessions: 'is required' });
    expect(details(batchBody, { sessions: {} })).toEqual({ sessions: 'must be a list' });
  });

  it.each([
    [{ risk_threshold: '15' }, { risk_threshold: 'must be a number' }],
    [{ risk_threshold: -0.01 }, { risk_threshold: 'must be at least 0' }],
    [{ risk_threshold: 100.01 }, { risk_threshold: 'must be at most 100' }],
    [{ risk_threshold: 12.345 }, { risk_threshold: 'must have at most two decimals' }],
    [{ risk_threshold: 15, by: 'me' }, { by: 'is not a known field' }],
    [{ risk_threshold: 12.35 }, {}],
    [{ risk_threshold: 0 }, {}],
    [{ risk_threshold: 100 }, {}],
  ])('say what is wrong with settings of %j', (body, expected) => {
    expect(details(settingsBody, body)).toEqual(expected);
  });

  it.each([
    [{ is_active: 'yes' }, { is_active: 'must be true or false' }],
    [{ name: null }, { name: 'must be text' }],
    [{ email: 'x' }, { email: 'must be an email address' }],
    [{ created_at: '2024-01-01T00:00:00Z' }, { created_at: 'is not a known field' }],
  ])('say what is wrong with a tutor of %j', (change, expected) => {
    expect(details(tutorBody, { name: 'Ada', ...change })).toEqual(expected);
  });
});

describe('the details of refused parameters', () => {
  it.each([
    [{ limit: '0' }, { limit: 'must be a whole number from 1 to 500' }],
    [{ limit: '501' }, { limit: 'must be a whole number from 1 to 500' }],
    [{ limit: '1.5' }, { limit: 'must be a whole number from 1 to 500' }],
    [{ limit: '1e2' }, { limit: 'must be a whole number from 1 to 500' }],
    [{ limit: '' }, { limit: 'must be a whole number from 1 to 500' }],
    [{ limit: ['1', '2'] }, { limit: 'must be a whole number from 1 to 500' }],
    [{ offset: '-1' }, { offset: 'must be a whole number from 0 to 100000000' }],
    [{ offset: '99999999999999999999' }, { offset: 'must be a whole number from 0 to 100000000' }],
    [
      { sort_by: 'email' },
      { sort_by: 'must be one of reschedule_rate, total_sessions, moves_above_threshold, evidence, name' },
    ],
    [{ sort_order: 'ASC' }, { sort_order: 'must be one of asc, desc' }],
    [{ risk_status: 'medium' }, { risk_status: 'must be one of high_risk, low_risk, all' }],
    [{ is_active: '1' }, { is_active: 'must be one of true, false, all' }],
    [{ search: 'a\u0000' }, { search: 'must not contain NUL' }],
    [{ search: 'a'.repeat(256) }, { search: 'must have at most 255 characters' }],
    [{ search: ['a', 'b'] }, { search: 'must be text' }],
    [{ page: '2' }, { page: 'is not a known field' }],
  ])('say what is wrong with a list of %j', (query, expected) => {
    expect(details(tutorListQuery, query)).toEqual(expected);
  });

  it('say what is wrong with a history, and with an id', () => {
    expect(details(historyQuery, { days: '366' })).toEqual({ days: 'must be a whole number from 1 to 365' });
    expect(details(tutorIdParams, { id: 'x' })).toEqual({ id: 'must be a UUID' });
  });

  it('are none when nothing is given: the defaults hold', () => {
    expect(tutorListQuery.parse({})).toEqual({
      risk_status: 'all',
      evidence: 'all',
      window_days: 30,
      sort_by: 'reschedule_rate',
      sort_order: 'desc',
      is_active: 'all',
      limit: 100,
      offset: 0,
    });
    expect(historyQuery.parse({})).toEqual({ days: 90, limit: 100 });
  });
});
