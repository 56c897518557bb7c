import type { PatternSession } from '../src/reports/pattern-queries.ts';

/** A session that tests vary; without changes a kept one, on a Monday morning. */
export function samplePatternSession(changes: Partial<PatternSession> = {}): PatternSession {
  return {
    tutor_id: '0d9b6a14-33a4-4f0e-8b7a-5f0a3c1b2d99',
    student_id: 's-1',
    day: 0,
    weekday: 1,
    hour: 10,
    is_first: false,
    is_moved: false,
    notice_hours: null,
    reason: null,
    ...changes,
  };
}
