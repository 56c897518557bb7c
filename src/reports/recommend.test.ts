import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, sampleEvidence, samplePattern } from '../../test/sample-reports.ts';
import type { TutorPattern } from '../contract/pattern.ts';
import { EVIDENCE_TIERS } from '../scoring/evidence.ts';
import type { ReportedEvidence } from './facts.ts';
import { recommend } from './recommend.ts';

const RAISED = countsOf([4, 3], [29, 3], [84, 5]);
const LOW = countsOf([9, 0], [29, 1], [84, 2]);

function adviceOn(changes: Partial<ReportedEvidence>, patterns: TutorPattern[] = [], counts = RAISED): string {
  return recommend({ counts, threshold: 15, evidence: sampleEvidence(changes), patterns });
}

describe('what to do about a tutor', () => {
  it('who is confirmed is to talk, about the pattern where there is one', () => {
    expect(adviceOn({})).toBe(
      'Talk to the tutor: ask what is behind the moves, and whether the booked hours still suit.',
    );
    expect(adviceOn({}, [samplePattern(), samplePattern({ kind: 'student', name: 's-1' })])).toBe(
      'Talk to the tutor: ask whether the Friday hours still suit.',
    );
  });

  it('who is on watch is to look at the next sessions, and what they would show', () => {
    expect(adviceOn({ tier: 'watch', expected_rate: 17.2 })).toBe(
      'Keep an eye on the next 10 sessions: about 2 moves can be expected. More would speak for a rate above 15 %, none against it.',
    );
    expect(adviceOn({ tier: 'watch', expected_rate: 3 })).toContain('about 1 move can be expected');
    expect(adviceOn({ tier: 'watch' }, [samplePattern()])).toBe(
      'Keep an eye on the next sessions, and ask whether the Friday hours still suit.',
    );
  });

  it('with too few sessions is to wait, whatever the rule says', () => {
    expect(adviceOn({ tier: 'too_few' }, [], countsOf([4, 3], [4, 3], [4, 3]))).toBe(
      'Wait for more sessions: 3 moves in 4 sessions say too little.',
    );
    expect(adviceOn({ tier: 'too_few' }, [], countsOf([1, 1], [1, 1], [1, 1]))).toBe(
      'Wait for more sessions: 1 move in 1 session says too little.',
    );
  });

  it('who is clear although high risk by the rule is nothing, and why', () => {
    expect(adviceOn({ tier: 'clear', risk_probability: 0.12 })).toBe(
      'No action: 3 moves in 4 sessions in 7 days can well be chance; by all 90 days the tutor is 12 % likely to be above 15 %.',
    );
  });

  it('who is clear is nothing, or a question for later', () => {
    expect(adviceOn({ tier: 'clear' }, [], LOW)).toBe('Nothing to do.');
    expect(adviceOn({ tier: 'clear' }, [samplePattern()], LOW)).toBe(
      'Nothing urgent. When you speak next, ask whether the Friday hours still suit.',
    );
    expect(adviceOn({ tier: 'clear' }, [samplePattern()])).toMatch(/^No action: .* When you speak next, ask whether/);
  });

  it('whose own rate has risen is to keep an eye, although clear', () => {
    expect(adviceOn({ tier: 'clear', rise_signalled_at: '2024-01-12T00:00:00.000Z' }, [], LOW)).toBe(
      "Keep an eye on the next sessions: the tutor's own rate has risen.",
    );
  });

  it('without sessions is nothing', () => {
    expect(adviceOn({ tier: 'too_few' }, [], countsOf([0, 0], [0, 0], [0, 0]))).toBe('Nothing to do.');
  });

  it.each([
    [{ kind: 'weekday', name: 'Friday' }, 'ask whether the Friday hours still suit.'],
    [{ kind: 'hours', name: 'from 9:00 to 12:00' }, 'ask whether the hours from 9:00 to 12:00 still suit.'],
    [{ kind: 'student', name: 's-1' }, 'ask how the sessions with student s-1 go, and whether the pairing suits both.'],
    [
      { kind: 'first_session', name: 'first session with a student' },
      'ask how first sessions are agreed, and have them confirmed the day before.',
    ],
    [{ kind: 'reason', name: 'car' }, 'ask what would help with the reason "car".'],
    [
      { kind: 'notice', name: 'less than 6 hours' },
      'ask what comes up at such short notice, and whether it can be told earlier.',
    ],
    [
      { kind: 'notice', name: '3 days or more' },
      'ask whether what is known so early can be seen to when the hours are booked.',
    ],
  ] as const)('follows from %j', (pattern, expected) => {
    expect(adviceOn({}, [samplePattern(pattern)])).toBe(`Talk to the tutor: ${expected}`);
  });

  it('is always whole sentences', () => {
    const pair = fc
      .integer({ min: 0, max: 60 })
      .chain((sessions) => fc.integer({ min: 0, max: sessions }).map((reschedules) => ({ sessions, reschedules })));
    const tiers = fc.constantFrom(...EVIDENCE_TIERS);
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(pair, pair, pair, tiers, chance, fc.boolean(), (week, month, quarter, tier, risk, hasPattern) => {
        const evidence = sampleEvidence({ tier, risk_probability: risk, expected_rate: 100 * risk });
        const counts = { 7: week, 30: month, 90: quarter };
        const advice = recommend({ counts, threshold: 15, evidence, patterns: hasPattern ? [samplePattern()] : [] });
        expect(advice).toMatch(/^[A-Z].*\.$/);
        expect(advice).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(advice).not.toMatch(/\b1 (?:sessions|moves)\b|\b(?:[02-9]|\d\d+) (?:session|move)\b/);
      }),
    );
  });
});
