import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_TIERS, type EvidenceTier, evidenceOf, evidenceTier } from './evidence.ts';
import { jeffreysInterval } from './interval.ts';

const PRIOR = { a: 2.04, b: 23.95 };
const MARKETPLACE = { prior: PRIOR, threshold: 0.15 };
const ENOUGH = { sessions: 60, reschedules: 12 };

const counts = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.nat(300))
  .map(([n, k]) => ({ sessions: n, reschedules: k % (n + 1) }));
const before = fc.constantFrom(null, ...EVIDENCE_TIERS);
const probability = fc.double({ min: 0, max: 1, noNaN: true });

// The probabilities were worked out with mpmath.
describe('the evidence on a tutor', () => {
  it.each([
    { reschedules: 0, sessions: 0, probability: 0.098, tier: 'too_few' },
    { reschedules: 1, sessions: 1, probability: 0.237, tier: 'too_few' },
    { reschedules: 0, sessions: 5, probability: 0.051, tier: 'too_few' },
    { reschedules: 0, sessions: 20, probability: 0.006, tier: 'clear' },
    { reschedules: 5, sessions: 5, probability: 0.852, tier: 'too_few' },
    { reschedules: 6, sessions: 7, probability: 0.907, tier: 'confirmed' },
    { reschedules: 8, sessions: 27, probability: 0.758, tier: 'watch' },
    { reschedules: 14, sessions: 85, probability: 0.411, tier: 'clear' },
    { reschedules: 15, sessions: 85, probability: 0.517, tier: 'watch' },
    { reschedules: 19, sessions: 85, probability: 0.859, tier: 'watch' },
    { reschedules: 20, sessions: 85, probability: 0.908, tier: 'confirmed' },
  ])('is $tier for $reschedules moves in $sessions sessions', ({ probability: expected, tier, ...window }) => {
    const found = evidenceOf({ ...MARKETPLACE, counts: window, before: null });
    expect(found.risk_probability).toBeCloseTo(expected, 3);
    expect(found.evidence).toBe(tier);
  });

  it('expects a rate between that of all tutors and the own one, and says between which it lies', () => {
    const found = evidenceOf({ ...MARKETPLACE, counts: { sessions: 85, reschedules: 20 }, before: null });
    expect(found.expected_rate).toBeCloseTo(22.04 / 110.99, 12);
    expect(found.interval.lower).toBeCloseTo(0.1398, 4);
    expect(found.interval.upper).toBeCloseTo(0.2636, 4);
  });

  it('is the same of nobody in a marketplace where all are alike', () => {
    const alike = { a: 800, b: 9200 };
    const busy = { sessions: 135, reschedules: 25 };
    expect(evidenceOf({ prior: alike, threshold: 0.15, counts: busy, before: null }).evidence).toBe('clear');
    expect(evidenceOf({ ...MARKETPLACE, counts: busy, before: null }).evidence).toBe('watch');
  });

  it('does not become weaker by one more move in the same sessions', () => {
    fc.assert(
      fc.property(counts, before, ({ sessions, reschedules }, last) => {
        fc.pre(reschedules < sessions);
        const question = { ...MARKETPLACE, before: last };
        const fewer = evidenceOf({ ...question, counts: { sessions, reschedules } });
        const more = evidenceOf({ ...question, counts: { sessions, reschedules: reschedules + 1 } });
        expect(more.risk_probability).toBeGreaterThan(fewer.risk_probability - 1e-12);
        expect(more.expected_rate).toBeGreaterThan(fewer.expected_rate);
        expect(more.interval.lower).toBeGreaterThan(fewer.interval.lower);
        expect(atLeast(fewer.evidence)).toContain(more.evidence);
      }),
    );
  });

  it('stays when asked again with nothing new, whatever was said before', () => {
    fc.assert(
      fc.property(counts, before, (window, last) => {
        const said = evidenceOf({ ...MARKETPLACE, counts: window, before: last });
        expect(evidenceOf({ ...MARKETPLACE, counts: window, before: said.evidence })).toEqual(said);
      }),
    );
  });
});

describe('the tier', () => {
  it.each<[EvidenceTier | null, number, EvidenceTier]>([
    [null, 0.899, 'watch'],
    [null, 0.9, 'confirmed'],
    ['watch', 0.899, 'watch'],
    ['confirmed', 0.5, 'confirmed'],
    ['confirmed', 0.499, 'watch'],
    ['confirmed', 0.399, 'clear'],
    [null, 0.499, 'clear'],
    [null, 0.5, 'watch'],
    ['watch', 0.4, 'watch'],
    ['watch', 0.399, 'clear'],
    ['clear', 0.499, 'clear'],
    ['too_few', 0.499, 'clear'],
  ])('after %s, at %d, is %s', (last, at, tier) => {
    expect(evidenceTier(at, ENOUGH, last)).toBe(tier);
  });

  it('says too few instead of watch and clear, never instead of confirmed', () => {
    const few = { sessions: 6, reschedules: 3 };
    expect([0.1, 0.7, 0.95].map((at) => evidenceTier(at, few, null))).toEqual(['too_few', 'too_few', 'confirmed']);
    const none = { sessions: 0, reschedules: 0 };
    expect(evidenceTier(1, none, 'confirmed')).toBe('too_few');
    expect([0.1, 0.7].map((at) => evidenceTier(at, few, 'confirmed'))).toEqual(['too_few', 'confirmed']);
  });

  it('is of too few sessions just where the own interval is wider than 30 points', () => {
    for (let sessions = 1; sessions <= 60; sessions += 1) {
      for (let reschedules = 0; reschedules <= sessions; reschedules += 1) {
        const own = jeffreysInterval({ sessions, reschedules }, 0.9);
        const width = own === null ? Infinity : own.upper - own.lower;
        expect(evidenceTier(0.1, { sessions, reschedules }, null)).toBe(width > 0.3 ? 'too_few' : 'clear');
      }
    }
  });

  it('opens and closes confirmed only across the whole gap, and never twice without crossing it', () => {
    fc.assert(
      fc.property(fc.array(probability, { maxLength: 100 }), (course) => {
        let last: EvidenceTier | null = null;
        for (const at of course) {
          const tier = evidenceTier(at, ENOUGH, last);
          const change = `${last ?? 'clear'} to ${tier}`;
          expect([change, CHANGES[change]?.(at)]).toEqual([change, true]);
          last = tier;
        }
      }),
    );
  });
});

/** What the probability must be where one tier follows another, or itself. */
const CHANGES: Record<string, (at: number) => boolean> = {
  'clear to clear': (at) => at < 0.5,
  'watch to watch': (at) => at >= 0.4 && at < 0.9,
  'confirmed to confirmed': (at) => at >= 0.5,
  'clear to watch': (at) => at >= 0.5 && at < 0.9,
  'clear to confirmed': (at) => at >= 0.9,
  'watch to confirmed': (at) => at >= 0.9,
  'watch to clear': (at) => at < 0.4,
  'confirmed to watch': (at) => at >= 0.4 && at < 0.5,
  'confirmed to clear': (at) => at < 0.4,
};

/** The tiers that one more move may lead to. Fewer kept sessions may leave the own interval narrower, or wider. */
function atLeast(tier: EvidenceTier): EvidenceTier[] {
  if (tier === 'confirmed') return ['confirmed'];
  return tier === 'watch' ? ['confirmed', 'watch', 'too_few'] : [...EVIDENCE_TIERS];
}
