import { describe, expect, it } from 'vitest';
import { countsOf, sampleEvidence, sampleFacts } from '../../test/sample-reports.ts';
import { renderSubject } from './render-subject.ts';

function subjectOf(counts: ReturnType<typeof countsOf>, name = 'Maria Lopez') {
  return renderSubject(sampleFacts({ counts, tutor: { id: 'x', name } }));
}

describe('the subject', () => {
  it.each([
    [countsOf([9, 3], [29, 9], [84, 12]), 'High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days'],
    [countsOf([9, 3], [29, 3], [84, 3]), 'High risk: Maria Lopez moved 3 of 9 sessions (33.3 %) in 7 days'],
    [countsOf([0, 0], [0, 0], [20, 5]), 'High risk: Maria Lopez moved 5 of 20 sessions (25.0 %) in 90 days'],
    [countsOf([1, 1], [1, 1], [1, 1]), 'High risk: Maria Lopez moved 1 of 1 session (100.0 %) in 30 days'],
    [countsOf([9, 0], [29, 0], [84, 3]), 'Low risk: Maria Lopez moved 0 of 29 sessions (0.0 %) in 30 days'],
    [countsOf([0, 0], [0, 0], [84, 3]), 'Low risk: Maria Lopez, no sessions in 30 days'],
    [countsOf([0, 0], [0, 0], [0, 0]), 'No sessions in 90 days: Maria Lopez'],
  ])('for %j is %j', (counts, expected) => {
    expect(subjectOf(counts)).toBe(expected);
  });

  it.each([
    [
      'confirmed',
      countsOf([9, 3], [29, 9], [84, 20]),
      'Confirmed: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days',
    ],
    [
      'confirmed',
      countsOf([9, 0], [29, 2], [84, 20]),
      'Confirmed: Maria Lopez moved 20 of 84 sessions (23.8 %) in 90 days',
    ],
    ['watch', countsOf([9, 3], [29, 3], [84, 12]), 'Watch: Maria Lopez moved 3 of 9 sessions (33.3 %) in 7 days'],
    ['clear', countsOf([4, 3], [29, 3], [84, 5]), 'Clear: Maria Lopez moved 3 of 29 sessions (10.3 %) in 30 days'],
    [
      'too_few',
      countsOf([1, 1], [1, 1], [1, 1]),
      'Too few sessions: Maria Lopez moved 1 of 1 session (100.0 %) in 30 days',
    ],
    ['too_few', countsOf([0, 0], [0, 0], [0, 0]), 'No sessions in 90 days: Maria Lopez'],
  ] as const)('begins with the evidence: %s', (tier, counts, expected) => {
    expect(renderSubject(sampleFacts({ counts, evidence: sampleEvidence({ tier }) }))).toBe(expected);
  });

  it('is one line without control characters and of bearable length, whatever the name', () => {
    const counts = countsOf([9, 3], [29, 9], [84, 12]);
    expect(subjectOf(counts, 'Ann\r\nBcc: eve@example.com\u0000')).toBe(
      'High risk: Ann Bcc: eve@example.com moved 9 of 29 sessions (31.0 %) in 30 days',
    );
    expect(subjectOf(counts, 'x'.repeat(255)).length).toBeLessThan(130);
    expect(subjectOf(counts, '\u202e\u0000')).toContain('Unnamed tutor');
  });
});
