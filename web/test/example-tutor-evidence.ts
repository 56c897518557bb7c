import type { TutorEvidence } from '#contract/evidence.ts';
import type { OnWire } from '../src/api/wire.ts';
import { exampleEvidence, examplePrior } from './example-evidence.ts';

/** Why a tutor who moved 20 of 85 sessions is confirmed, but for what a test says of it. */
export function exampleTutorEvidence(changes: Partial<OnWire<TutorEvidence>> = {}): OnWire<TutorEvidence> {
  return {
    as_of: '2026-11-21T12:00:00.000Z',
    risk_threshold: 15,
    ...exampleEvidence(),
    prior: examplePrior(),
    sentences: [
      'Moved 20 of 85 sessions in 90 days: 91 % likely to be above 15 %.',
      'Clears on 6 Dec if nothing more happens.',
    ],
    moves: [
      { session_id: 's-2', original_time: '2026-11-18T12:00:00.000Z', student_id: 'st-1' },
      { session_id: 's-1', original_time: '2026-11-10T12:00:00.000Z', student_id: 'st-2' },
    ],
    left_out: [],
    clears: { at: '2026-12-06T12:00:00.000Z', becomes: 'clear', moves_leaving: 2, kept_sessions: 9 },
    rise: null,
    ...changes,
  };
}
