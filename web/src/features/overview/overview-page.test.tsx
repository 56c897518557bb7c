import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { exampleOverview, exampleTutors } from '../../../test/example-overview.ts';
import { openApp } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

const ME = { 'GET /api/me': signedInAs('coach') };

afterEach(() => vi.unstubAllGlobals());

function open(address = '/') {
  return { history: openApp(address), user: userEvent.setup({ delay: null }) };
}

describe('OverviewPage', () => {
  it('asks for the period in its address and changes both by a link', async () => {
    answerWith({
      ...ME,
      'GET /api/overview?window_days=30': { json: exampleOverview() },
      'GET /api/overview?window_days=7': { json: exampleOverview({ window_days: 7 }) },
    });
    const { user, history } = open();
    expect(await screen.findByText('+3 in 30 days (5 opened, 2 closed)')).toBeDefined();
    await user.click(screen.getByRole('link', { name: '7 days' }));
    expect(await screen.findByText('+3 in 7 days (5 opened, 2 closed)')).toBeDefined();
    expect(history.location.href).toBe('/?window_days=7');
    history.back();
    expect(await screen.findByText('+3 in 30 days (5 opened, 2 closed)')).toBeDefined();
  });

  it('marks the period that is chosen', async () => {
    answerWith({ ...ME, 'GET /api/overview': { json: exampleOverview({ window_days: 90 }) } });
    open('/?window_days=90');
    const chosen = await screen.findByRole('link', { name: '90 days' });
    expect(chosen.hasAttribute('aria-current')).toBe(true);
    expect(screen.getByRole('link', { name: '30 days' }).hasAttribute('aria-current')).toBe(false);
  });

  it('has its parts in the order in which they are read', async () => {
    answerWith({ ...ME, 'GET /api/overview': { json: exampleOverview() } });
    open();
    await screen.findByRole('heading', { name: 'Who first' });
    expect(screen.getAllByRole('heading', { level: 1 }).map(({ textContent }) => textContent)).toEqual(['Overview']);
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Who first',
      'How do all tutors stand?',
      'Rates of all tutors',
      'What changed',
      'Recent reports',
    ]);
  });

  it('says how to begin when there is no tutor', async () => {
    const tutors = exampleTutors({ total: 0 });
    answerWith({ ...ME, 'GET /api/overview': { json: exampleOverview({ tutors }) } });
    open();
    expect(await screen.findByText(/^curl /)).toBeDefined();
    expect(screen.queryByRole('heading', { name: 'Who first' })).toBeNull();
    expect(screen.queryByRole('navigation', { name: 'Period' })).toBeNull();
  });

  it('does not say so while the first tutors are being scored', async () => {
    const tutors = exampleTutors({ total: 0 });
    const waiting = { tutors: 12, since: exampleOverview().as_of };
    answerWith({ ...ME, 'GET /api/overview': { json: exampleOverview({ tutors, waiting }) } });
    open();
    expect(await screen.findByText(/12 tutors wait to be scored/)).toBeDefined();
    expect(screen.queryByText(/^curl /)).toBeNull();
  });

  it('tells of a past day as it was, and not what waits now', async () => {
    const waiting = { tutors: 12, since: exampleOverview().as_of };
    answerWith({ ...ME, 'GET /api/overview?window_days=30&as_of=2026-10-03': { json: exampleOverview({ waiting }) } });
    open('/?as_of=2026-10-03');
    expect(await screen.findByRole('heading', { name: 'Who first' })).toBeDefined();
    expect(screen.queryByText(/wait to be scored/)).toBeNull();
    expect(screen.getByRole('link', { name: '7 days' }).getAttribute('href')).toBe('/?window_days=7&as_of=2026-10-03');
  });

  it('says why there are no figures, and tries again when asked to', async () => {
    const answers: Parameters<typeof answerWith>[0] = {
      ...ME,
      'GET /api/overview': { status: 500, json: { message: 'It broke.' } },
    };
    answerWith(answers);
    const { user } = open();
    expect(await screen.findByText('It broke.')).toBeDefined();
    answers['GET /api/overview'] = { json: exampleOverview() };
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Who first' })).toBeDefined();
  });
});
