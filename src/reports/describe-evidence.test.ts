import { describe, expect, it } from 'vitest';
import { countsOf, sampleEvidence, sampleFacts } from '../../test/sample-reports.ts';
import { describeEvidence } from './describe-evidence.ts';
import type { ReportedEvidence } from './facts.ts';

const COUNTS = countsOf([9, 3], [29, 9], [84, 20]);

function words(changes: Partial<ReportedEvidence> = {}, counts = COUNTS) {
  return describeEvidence(sampleFacts({ counts, evidence: sampleEvidence(changes) }), 'Europe/Berlin');
}

describe('the evidence in words', () => {
  it('says how likely it is, on what that rests, and where the true rate lies', () => {
    expect(words()).toEqual({
      likely: '96 % likely to be above 15 %',
      details: ['Moved 20 of 84 sessions in 90 days; the true rate is most likely 14 to 26 %, best guess 20 %.'],
    });
  });

  it.each([
    ['confirmed', 0.9, '90 % likely to be above 15 %'],
    ['confirmed', 0.62, '62 % likely to be above 15 %, still confirmed until below 50 %'],
    ['watch', 0.5, '50 % likely to be above 15 %'],
    ['watch', 0.45, '45 % likely to be above 15 %, still on watch until below 40 %'],
    ['clear', 0.12, '12 % likely to be above 15 %'],
    ['too_few', 0.24, '24 % likely to be above 15 %'],
  ] as const)('of %s at %d says that it stands when it would not be said anew', (tier, risk_probability, expected) => {
    expect(words({ tier, risk_probability })?.likely).toBe(expected);
  });

  it('says how many sessions do not count', () => {
    expect(words({ evidence_sessions: 80, evidence_reschedules: 18 })?.details[1]).toBe(
      "4 more sessions lie on days when something moved everybody's, and do not count.",
    );
    expect(words({ evidence_sessions: 83 })?.details[1]).toBe(
      "1 more session lies on days when something moved everybody's, and does not count.",
    );
  });

  it('of no session that counts says nothing but that', () => {
    expect(words({ tier: 'too_few', evidence_sessions: 0, evidence_reschedules: 0 })).toEqual({
      likely: null,
      details: [
        'No sessions that count in 90 days.',
        "84 sessions lie on days when something moved everybody's, and do not count.",
      ],
    });
  });

  it('says when a rise was noticed, in the business time zone', () => {
    expect(words({ rise_signalled_at: '2024-01-14T23:00:00.000Z' })?.details).toContain(
      "The tutor's own rate has risen: noticed on Mon 15 Jan 2024.",
    );
  });

  it('is not there without sessions, or while nothing is weighed', () => {
    expect(words({ tier: 'too_few' }, countsOf([0, 0], [0, 0], [0, 0]))).toBe(null);
    expect(describeEvidence(sampleFacts(), 'UTC')).toBe(null);
  });
});
