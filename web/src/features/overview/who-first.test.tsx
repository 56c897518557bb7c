import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { exampleEvidence } from '../../../test/example-evidence.ts';
import { exampleOverview, exampleTutor, exampleTutors } from '../../../test/example-overview.ts';
import { renderInApp } from '../../../test/render.tsx';
import { signedInAs } from '../../../test/users.ts';
import { WhoFirst } from './who-first.tsx';

afterEach(() => vi.unstubAllGlobals());

describe('WhoFirst', () => {
  it('names the tutors in the order given, with the rate to expect, its counts, and why', async () => {
    const tom = { ...exampleTutor('Tom'), ...exampleEvidence({ evidence: 'watch', risk_probability: 0.62 }) };
    await renderInApp(<WhoFirst overview={exampleOverview({ who_first: [exampleTutor('Maria'), tom] })} />);
    const [, first, second] = screen.getAllByRole('row');
    expect(first?.textContent).toContain('Confirmed: Maria');
    expect(first?.textContent).toContain('20 %, 14 to 26 %20 of 85');
    expect(first?.textContent).toContain('Moved 20 of 85 sessions in 90 days: 91 % likely to be above 15 %.');
    expect(second?.textContent).toContain('Watch: Tom');
    expect(second?.textContent).toContain('62 % likely to be above 15 %.');
    expect(screen.getByRole('link', { name: 'Tom' }).getAttribute('href')).toBe('/tutors/id-of-tom');
    expect(screen.getByRole('link', { name: 'All confirmed or on watch' }).getAttribute('href')).toBe(
      '/tutors?evidence=flagged',
    );
  });

  it('says of whom the own rate has risen', async () => {
    answerWith({ 'GET /api/me': signedInAs('coach') });
    const risen = { ...exampleTutor('Maria'), rise_signalled_at: '2026-11-18T09:00:00.000Z' };
    await renderInApp(<WhoFirst overview={exampleOverview({ who_first: [risen, exampleTutor('Tom')] })} />);
    expect(screen.getAllByText(/rate has risen/)).toHaveLength(1);
  });

  it.each([
    [{ confirmed: 0, watch: 0 }, 'Nobody is confirmed or on watch.'],
    [{ confirmed: 0, watch: 2 }, 'No active tutor is confirmed or on watch.'],
  ])('says that there is nobody to talk to: %o', async (tiers, words) => {
    await renderInApp(<WhoFirst overview={exampleOverview({ tutors: exampleTutors(tiers) })} />);
    expect(screen.getByText(words)).toBeDefined();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
