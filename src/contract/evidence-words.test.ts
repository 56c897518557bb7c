import { describe, expect, it } from 'vitest';
import { describeWhy, likelyWords, trueRateWords } from './evidence-words.ts';

type Weighed = Parameters<typeof describeWhy>[0];

const CONFIRMED: Weighed = {
  evidence: 'confirmed',
  risk_probability: 0.907,
  evidence_sessions: 85,
  evidence_reschedules: 20,
  risk_threshold: 15,
};

describe('why a tutor is where it is', () => {
  it.each<[Partial<Weighed>, string]>([
    [{}, 'Moved 20 of 85 sessions in 90 days: 91 % likely to be above 15 %.'],
    [{ evidence: 'clear', risk_probability: 0.03 }, 'Moved 20 of 85 sessions in 90 days: 3 % likely to be above 15 %.'],
    [{ evidence: 'clear', risk_probability: null }, 'Moved 20 of 85 sessions in 90 days: not weighed yet.'],
    [
      { evidence: 'too_few', risk_probability: 0.25, evidence_sessions: 1, evidence_reschedules: 1 },
      'Moved 1 of 1 session in 90 days: too few to say (25 % likely to be above 15 %).',
    ],
    [
      { evidence: 'too_few', risk_probability: null, evidence_sessions: 1_200, evidence_reschedules: 0 },
      'Moved 0 of 1,200 sessions in 90 days: too few to say (not weighed yet).',
    ],
    [
      { evidence: 'too_few', risk_probability: 0.09, evidence_sessions: 0, evidence_reschedules: 0 },
      'No sessions that count in 90 days.',
    ],
  ])('is said in one sentence: %o', (changes, sentence) => {
    expect(describeWhy({ ...CONFIRMED, ...changes })).toBe(sentence);
  });
});

describe('how likely it is', () => {
  it.each<[Partial<Weighed>, string]>([
    [{ risk_probability: 0.9 }, '90 % likely to be above 15 %'],
    [{ risk_probability: 0.899 }, '89 % likely to be above 15 %, still confirmed until below 50 %'],
    [{ evidence: 'watch', risk_probability: 0.899 }, '89 % likely to be above 15 %'],
    [{ evidence: 'watch', risk_probability: 0.5 }, '50 % likely to be above 15 %'],
    [{ evidence: 'watch', risk_probability: 0.499 }, '49 % likely to be above 15 %, still on watch until below 40 %'],
    [{ evidence: 'clear', risk_probability: 0.499 }, '49 % likely to be above 15 %'],
  ])('tells a tier that stands though it would not be said anew: %o', (changes, words) => {
    expect(likelyWords({ ...CONFIRMED, ...changes })).toBe(words);
  });

  it('is not said without sessions, or while nothing is weighed', () => {
    expect(likelyWords({ ...CONFIRMED, evidence_sessions: 0 })).toBe(null);
    expect(likelyWords({ ...CONFIRMED, risk_probability: null })).toBe(null);
  });
});

describe('the true rate', () => {
  it('is told as a stretch with a best guess, no more exact than it deserves', () => {
    expect(trueRateWords({ rate: 19.86, lower: 13.94, upper: 26.41 })).toBe('most likely 14 to 26 %, best guess 20 %');
    expect(trueRateWords({ rate: 3.44, lower: 1.58, upper: 9.96 })).toBe('most likely 1.6 to 10 %, best guess 3.4 %');
  });
});
