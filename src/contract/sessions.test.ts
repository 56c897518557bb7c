import { describe, expect, it } from 'vitest';
import { detailsOf } from './error-body.ts';
import { sessionBody } from './sessions.ts';

const COMPLETED = {
  session_id: '7D444840-9DC0-11D1-B245-5FFDCE74FAD2',
  tutor_id: '0b7e4c9a-5d1f-4a53-9a54-0f2f7d1c2b3a',
  student_id: 's-1',
  scheduled_time: '2024-01-15T14:00:00Z',
  completed_time: '2024-01-15T15:30:00Z',
  status: 'completed',
};
const MOVE = { initiator: 'tutor', new_time: '2024-01-16T14:00:00Z' };
const { completed_time: _, ...MISSED } = { ...COMPLETED, status: 'no_show' };
const RESCHEDULED = { ...MISSED, status: 'rescheduled', reschedule_info: MOVE };

function details(body: unknown): Record<string, string> {
  const parsed = sessionBody.safeParse(body);
  return parsed.success ? {} : detailsOf(parsed.error);
}

describe('the body of a session', () => {
  it('may be completed and rescheduled at once', () => {
    const move = { ...MOVE, reason: 'Personal emergency', original_time: '2024-01-15T14:00:00Z' };
    expect(sessionBody.parse({ ...COMPLETED, duration_minutes: 90, reschedule_info: move })).toEqual({
      ...COMPLETED,
      session_id: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
      scheduled_time: '2024-01-15T14:00:00.000000Z',
      completed_time: '2024-01-15T15:30:00.000000Z',
      duration_minutes: 90,
      reschedule_info: {
        ...move,
        original_time: '2024-01-15T14:00:00.000000Z',
        new_time: '2024-01-16T14:00:00.000000Z',
      },
    });
  });

  it.each([
    ['a session that was held', COMPLETED],
    ['one that ended as it began', { ...COMPLETED, completed_time: '2024-01-15T15:00:00+01:00' }],
    ['one that nobody came to', MISSED],
    ['one without a completed_time, said outright', { ...MISSED, completed_time: null, duration_minutes: null }],
    ['one that was moved', RESCHEDULED],
    ['one that was cancelled', { ...RESCHEDULED, reschedule_info: { initiator: 'student', new_time: null } }],
    ['one whose reschedule may be stored already', { ...MISSED, status: 'rescheduled' }],
    ['one whose reschedule is taken back', { ...MISSED, reschedule_info: null }],
    ['an original time in another offset', withMove({ original_time: '2024-01-15T19:30:00+05:30' })],
    ['a move asked for 24 hours late', withMove({ cancelled_at: '2024-01-16T14:00:00Z' })],
    ['a move of a microsecond', withMove({ new_time: '2024-01-15T14:00:00.000001Z' })],
    ['a reason that is empty', withMove({ reason: '', reason_code: '' })],
  ])('may be %s', (_name, body) => {
    expect(details(body)).toEqual({});
  });

  it.each([
    [{ ...COMPLETED, completed_time: null }, { completed_time: 'is required when status is completed' }],
    [{ ...MISSED, status: 'completed' }, { completed_time: 'is required when status is completed' }],
    [{ ...COMPLETED, status: 'no_show' }, { completed_time: 'is allowed only when status is completed' }],
    [
      { ...COMPLETED, completed_time: '2024-01-15T13:59:59.999999Z' },
      { completed_time: 'must not be before scheduled_time' },
    ],
    [{ ...RESCHEDULED, reschedule_info: null }, { reschedule_info: 'is required when status is rescheduled' }],
    [
      withMove({ original_time: '2024-01-15T14:00:00.000001Z' }),
      { 'reschedule_info.original_time': 'must equal scheduled_time' },
    ],
    [withMove({ new_time: '2024-01-15T14:00:00Z' }), { 'reschedule_info.new_time': 'must be after original_time' }],
    [
      withMove({ cancelled_at: '2024-01-16T14:00:00.000001Z' }),
      { 'reschedule_info.cancelled_at': 'must be at most 24 hours after original_time' },
    ],
    [withMove({ reason: 'x'.repeat(2001) }), { 'reschedule_info.reason': 'must have at most 2000 characters' }],
    [withMove({ reason_code: 'x'.repeat(101) }), { 'reschedule_info.reason_code': 'must have at most 100 characters' }],
  ])('is refused with its reason: %j', (body, expected) => {
    expect(details(body)).toEqual(expected);
  });

  it('is told of all broken rules at once', () => {
    const body = withMove({ original_time: '2024-01-15T15:00:00Z', new_time: '2024-01-15T13:00:00Z' });
    expect(details({ ...body, completed_time: '2024-01-15T13:00:00Z' })).toEqual({
      completed_time: 'is allowed only when status is completed',
      'reschedule_info.original_time': 'must equal scheduled_time',
      'reschedule_info.new_time': 'must be after original_time',
    });
  });
});

function withMove(change: Record<string, string>) {
  return { ...RESCHEDULED, reschedule_info: { ...MOVE, ...change } };
}
