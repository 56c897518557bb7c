import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AS_OF } from '../../../test/example-overview.ts';
import { WaitingLine } from './waiting-line.tsx';

const secondsBefore = (seconds: number) => new Date(Date.parse(AS_OF) - seconds * 1000).toISOString();

describe('WaitingLine', () => {
  it.each([
    [12, 3, '12 tutors wait to be scored, the oldest for 3 s.', false],
    [1, 0, '1 tutor waits to be scored, for 0 s.', false],
    [1_204, 60, '1,204 tutors wait to be scored, the oldest for 60 s.', false],
    [2, 61, '2 tutors wait to be scored, the oldest for 61 s.', true],
    [2, 300, '2 tutors wait to be scored, the oldest for 5 min.', true],
    [2, 7_200, '2 tutors wait to be scored, the oldest for 2 h.', true],
  ])('tells how many wait and how long, with a sign when that is too long', (tutors, seconds, words, hasSign) => {
    const waiting = { tutors, since: secondsBefore(seconds) };
    const { container } = render(<WaitingLine asOf={AS_OF} waiting={waiting} />);
    expect(container.textContent?.trim()).toBe(words);
    expect(container.querySelector('svg') !== null).toBe(hasSign);
  });

  it('says nothing when nobody waits', () => {
    const { container } = render(<WaitingLine asOf={AS_OF} waiting={{ tutors: 0, since: null }} />);
    expect(container.textContent).toBe('');
  });
});
