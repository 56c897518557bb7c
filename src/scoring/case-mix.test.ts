import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseMix, poissonInterval } from './case-mix.ts';

const stratum = fc
  .tuple(fc.nat(80), fc.nat(80), fc.double({ min: 0.01, max: 0.9, noNaN: true }))
  .map(([sessions, k, marketplaceRate]) => ({
    counts: { sessions, reschedules: k % (sessions + 1) },
    marketplaceRate,
  }));
const strata = fc.array(stratum, { minLength: 1, maxLength: 12 });

describe('the case mix', () => {
  it('expects of a tutor what the marketplace does with the same sessions', () => {
    const found = caseMix([
      { counts: { sessions: 40, reschedules: 6 }, marketplaceRate: 0.1 },
      { counts: { sessions: 50, reschedules: 3 }, marketplaceRate: 0.04 },
    ]);
    expect(found).toMatchObject({ observed: 9, expected: 6, ratio: 1.5 });
    expect(found?.interval.lower).toBeCloseTo(4.115373097378334 / 6, 12);
    expect(found?.interval.upper).toBeCloseTo(17.084803451419166 / 6, 12);
  });

  it('is not known where nothing is to be expected', () => {
    expect(caseMix([])).toBe(null);
    expect(caseMix([{ counts: { sessions: 0, reschedules: 0 }, marketplaceRate: 0.1 }])).toBe(null);
    expect(caseMix([{ counts: { sessions: 5, reschedules: 0 }, marketplaceRate: 0 }])).toBe(null);
  });

  it('is as usual for a tutor who does what all do, whatever the sessions', () => {
    fc.assert(
      fc.property(strata, (given) => {
        const usual = given.map(({ counts }) => ({
          counts,
          marketplaceRate: counts.sessions === 0 ? 0 : counts.reschedules / counts.sessions,
        }));
        const found = caseMix(usual);
        fc.pre(found !== null);
        expect(found?.ratio).toBeCloseTo(1, 12);
      }),
    );
  });

  it('holds its ratio within its interval, and twice the expectation halves both', () => {
    fc.assert(
      fc.property(strata, (given) => {
        const found = caseMix(given);
        fc.pre(found !== null && found.expected > 0);
        if (found === null) return;
        expect(found.interval.lower).toBeLessThanOrEqual(found.ratio);
        expect(found.interval.upper).toBeGreaterThan(found.ratio);
        const half = caseMix(given.map((each) => ({ ...each, marketplaceRate: each.marketplaceRate * 2 })));
        expect((half?.interval.upper ?? NaN) * 2).toBeCloseTo(found.interval.upper, 8);
      }),
    );
  });
});

describe('the interval of a count', () => {
  it.each([
    { events: 0, lower: 0, upper: 3.6888794541139354 },
    { events: 1, lower: 0.025317807984289876, upper: 5.571643390938898 },
    { events: 9, lower: 4.115373097378334, upper: 17.084803451419166 },
    { events: 100, lower: 81.36399125092314, upper: 121.62679379242638 },
    { events: 2000, lower: 1913.2987096256304, upper: 2089.6174394458276 },
  ])('of $events is from $lower to $upper', ({ events, lower, upper }) => {
    expect(poissonInterval(events).lower).toBeCloseTo(lower, 9);
    expect(poissonInterval(events).upper).toBeCloseTo(upper, 9);
  });
});
