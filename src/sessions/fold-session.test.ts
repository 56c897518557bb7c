import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Body, completedSession, movedSession } from '../../test/factories.ts';
import { eventOf, sessionEvents } from '../../test/session-events.ts';
import { cancelledAt, foldSession, type SessionState, scheduledTime } from './fold-session.ts';

const ORIGINAL = '2026-03-02T10:00:00.000Z';
const NEW_TIME = '2026-03-03T10:00:00.000Z';
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
const RECEIVED = '2026-03-01T09:00:00.000000Z';
const LATER = '2026-03-04T12:00:00.000000Z';

const ids = { session_id: randomUUID(), tutor_id: randomUUID(), scheduled_time: ORIGINAL };
const moved = movedSession({
  ...ids,
  occurred_at: at(10),
  reschedule_info: { initiator: 'tutor', new_time: NEW_TIME, reason: 'ill' },
});
const held = completedSession({ ...ids, completed_time: '2026-03-02T11:00:00.000Z', occurred_at: at(20) });

/** Folds bodies one after another; every one must be accepted. */
function fold(bodies: readonly Body[], receivedAt = LATER) {
  let state: SessionState | null = null;
  const outcomes: string[] = [];
  for (const body of bodies) {
    const folded = foldSession(state, eventOf(body, receivedAt));
    if (folded.details !== undefined) throw new Error(JSON.stringify(folded.details));
    state = folded.state;
    outcomes.push(folded.outcome);
  }
  if (state === null) throw new Error('no event was folded');
  return { state, outcomes };
}

/** Folds bodies that are accepted, then one that is not; returns why. */
function refusal(before: readonly Body[], body: Body) {
  return foldSession(before.length === 0 ? null : fold(before).state, eventOf(body, LATER)).details;
}

describe('versions', () => {
  it('lets a newer event replace an older one, and an older one change nothing', () => {
    const corrected = { ...held, duration_minutes: 30, occurred_at: at(30) };
    expect(fold([held, corrected]).outcomes).toEqual(['created', 'updated']);
    expect(fold([corrected, held]).outcomes).toEqual(['created', 'stale']);
    expect(fold([corrected, held]).state).toEqual(fold([held, corrected]).state);
  });

  it('advances the version when a repetition is newer, and calls it unchanged', () => {
    const { state, outcomes } = fold([held, { ...held, occurred_at: at(40) }]);
    expect(outcomes).toEqual(['created', 'unchanged']);
    expect(state.occurred_at).toBe('2026-03-01T10:40:00.000000Z');
  });

  it('leaves everything as it was when a body without occurred_at is repeated', () => {
    const { occurred_at: _, ...body } = held;
    const first = foldSession(null, eventOf(body, LATER));
    const again = foldSession(first.details ? null : first.state, eventOf(body, '2026-03-04T13:00:00.000000Z'));
    expect(again).toMatchObject({ outcome: 'unchanged', isChanged: false, state: { occurred_at: LATER } });
  });

  it('decides equal times with different content by a fixed rule', () => {
    const [a, b] = [held, { ...held, duration_minutes: 30 }];
    expect(fold([a, b]).state).toEqual(fold([b, a]).state);
    expect([fold([a, b]).outcomes[1], fold([b, a]).outcomes[1]].toSorted()).toEqual(['stale', 'updated']);
  });

  it('keeps microseconds: the later of two in one millisecond wins', () => {
    const early = { ...held, occurred_at: '2026-03-01T10:20:00.000100Z' };
    const late = { ...held, duration_minutes: 30, occurred_at: '2026-03-01T10:20:00.000200Z' };
    expect(fold([late, early]).state.session.duration_minutes).toBe(30);
  });
});

describe('the reschedule', () => {
  it('stays when a later event says nothing of it', () => {
    const { state } = fold([moved, held]);
    expect(state.session.status).toBe('completed');
    expect(state.reschedule).toMatchObject({ initiator: 'tutor', reason: 'ill' });
  });

  it('goes with an explicit null, which an older move does not undo', () => {
    const removed = { ...held, reschedule_info: null };
    expect(fold([moved, removed]).state.reschedule).toBeNull();
    expect(fold([removed, moved]).state.reschedule).toBeNull();
    expect(fold([removed, moved]).outcomes).toEqual(['created', 'stale']);
  });

  it('keeps the original time when the moved lesson reports in under its new time, in any order', () => {
    const reported = completedSession({
      ...ids,
      scheduled_time: NEW_TIME,
      completed_time: '2026-03-03T11:00:00.000Z',
      occurred_at: at(30),
    });
    for (const order of [
      [moved, reported],
      [reported, moved],
    ]) {
      const { state } = fold(order);
      expect(scheduledTime(state)).toBe('2026-03-02T10:00:00.000000Z');
      expect(state.session.status).toBe('completed');
      expect(state.reschedule).toMatchObject({ initiator: 'tutor' });
    }
  });

  it('must come along when the scheduled time changes otherwise', () => {
    const elsewhere = { ...held, scheduled_time: '2026-03-02T08:00:00Z' };
    expect(refusal([moved], elsewhere)).toHaveProperty('scheduled_time');
    expect(refusal([held], { ...elsewhere, occurred_at: at(40) })).toBeUndefined();
  });

  it('is needed for status rescheduled, unless one is stored', () => {
    const { reschedule_info: _, ...bare } = { ...moved, occurred_at: at(40) };
    expect(refusal([], bare)).toEqual({ reschedule_info: 'is required when status is rescheduled' });
    expect(refusal([held], bare)).toHaveProperty('reschedule_info');
    expect(refusal([moved], bare)).toBeUndefined();
  });

  it('cannot be removed by an older event while a newer one says rescheduled', () => {
    const { reschedule_info: _, ...bare } = { ...moved, occurred_at: at(40) };
    const removal = { ...held, reschedule_info: null, occurred_at: at(30) };
    expect(refusal([moved, bare], removal)).toHaveProperty('reschedule_info');
  });

  it('is refused when it would put the original time after the stored completion', () => {
    const late = { ...moved, scheduled_time: '2026-03-02T12:00:00Z', occurred_at: at(5) };
    expect(refusal([held], late)).toHaveProperty(['reschedule_info.original_time']);
  });
});

describe('cancelled_at', () => {
  it('defaults to occurred_at, and to the time of receipt without it', () => {
    expect(cancelledAt(fold([moved]).state)).toBe('2026-03-01T10:10:00.000000Z');
    const { occurred_at: _, ...unversioned } = moved;
    expect(cancelledAt(fold([unversioned], RECEIVED).state)).toBe(RECEIVED);
  });

  it('is unknown when the default would lie after the session', () => {
    const { occurred_at: _, ...unversioned } = moved;
    expect(cancelledAt(fold([unversioned], LATER).state)).toBeNull();
  });

  it('keeps its default on repetition, in any order', () => {
    const again = { ...moved, occurred_at: at(50) };
    expect(cancelledAt(fold([moved, again]).state)).toBe('2026-03-01T10:10:00.000000Z');
    expect(cancelledAt(fold([again, moved]).state)).toBe('2026-03-01T10:10:00.000000Z');
    expect(fold([moved, again]).outcomes).toEqual(['created', 'unchanged']);
  });

  it('stays unknown when the sender says null', () => {
    const body = { ...moved, reschedule_info: { initiator: 'tutor' as const, cancelled_at: null } };
    expect(cancelledAt(fold([body]).state)).toBeNull();
  });
});

describe('any order', () => {
  it('ends in the same state, whatever is repeated', () => {
    const events = sessionEvents({ sessions: [ids.session_id], tutors: [ids.tutor_id, randomUUID()] }, 8);
    const shuffled = events.chain((bodies) =>
      fc.record({
        bodies: fc.constant(bodies),
        order: fc.shuffledSubarray(bodies, { minLength: bodies.length }),
        repeated: fc.subarray(bodies),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ bodies, order, repeated }) => {
        expect(fold([...order, ...repeated], RECEIVED_NOW).state).toEqual(fold(bodies, RECEIVED_NOW).state);
      }),
      { numRuns: 2000 },
    );
  });
});

const RECEIVED_NOW = `${new Date().toISOString().slice(0, -1)}000Z`;
