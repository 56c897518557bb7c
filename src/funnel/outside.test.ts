import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { funnelLimits } from '../scoring/funnel.ts';
import { limitsPassed } from './outside.ts';

describe('outside of the limits', () => {
  it.each([
    // P(X ≥ 1) = 0.08: the drawn line is at 98.75 %, but one of twelve such tutors has moved the only session.
    [1, 1, null],
    // P(X ≥ 4) = 0.0058, P(X ≥ 5) = 0.00059.
    [10, 3, null],
    [10, 4, '95'],
    [10, 5, '99.8'],
    // P(X ≤ 2) = 0.0295, P(X ≤ 1) = 0.0073 and P(X = 0) = 0.0008.
    [85, 2, null],
    [85, 1, '95'],
    [85, 0, '99.8'],
  ])('by chance alone: %i sessions, %i moves, where 8 %% are usual', (sessions, reschedules, expected) => {
    const passed = limitsPassed({ sessions, reschedules }, 0.08, 0);
    expect(passed).toEqual({ outside: expected, outside_overdispersed: expected });
  });

  it('where tutors differ, is harder', () => {
    expect(limitsPassed({ sessions: 85, reschedules: 15 }, 0.08, 0.01)).toEqual({
      outside: '95',
      outside_overdispersed: null,
    });
    expect(limitsPassed({ sessions: 85, reschedules: 22 }, 0.08, 0.01)).toEqual({
      outside: '99.8',
      outside_overdispersed: '95',
    });
    expect(limitsPassed({ sessions: 85, reschedules: 60 }, 0.08, 0.01)).toEqual({
      outside: '99.8',
      outside_overdispersed: '99.8',
    });
  });

  it('lies beyond the line that is drawn', () => {
    const counts = fc
      .integer({ min: 1, max: 400 })
      .chain((sessions) =>
        fc.record({ sessions: fc.constant(sessions), reschedules: fc.integer({ min: 0, max: sessions }) }),
      );
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 0.6, noNaN: true }), (tutor, centre) => {
        const { outside } = limitsPassed(tutor, centre, 0);
        fc.pre(outside !== null);
        const line = funnelLimits(centre, tutor.sessions, outside === '95' ? 0.95 : 0.998);
        const share = tutor.reschedules / tutor.sessions;
        expect(share < (line?.lower ?? NaN) + 1e-12 || share > (line?.upper ?? NaN) - 1e-12).toBe(true);
      }),
    );
  });

  it('is nobody where nobody moves anything', () => {
    expect(limitsPassed({ sessions: 400, reschedules: 0 }, 0, 0).outside).toBe(null);
    expect(limitsPassed({ sessions: 400, reschedules: 400 }, 1, 0).outside).toBe(null);
  });
});
