import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../test/answers.ts';
import { exampleOverview } from '../../test/example-overview.ts';
import { openApp } from '../../test/open-app.tsx';
import { signedInAs } from '../../test/users.ts';

afterEach(() => vi.unstubAllGlobals());

function open(address: string) {
  const asked = answerWith({
    'GET /api/me': signedInAs('coach'),
    'GET /api/overview': { json: exampleOverview() },
    'GET /api/reports': { json: { reports: [], total: 0, counts: { pending: 0, sending: 0, sent: 0, failed: 0 } } },
  });
  return { asked: () => asked.map(({ path }) => path), history: openApp(address), user: userEvent.setup() };
}

test('shows a past day that is chosen, says so, keeps it on the way, and leads back to now', async () => {
  const { asked, history, user } = open('/?window_days=7');
  await user.click(await screen.findByLabelText(/Choose a past day/));
  const day = screen.getByLabelText('Show all as of the end of');
  await user.type(day, '2026-10-03');
  await user.click(screen.getByRole('button', { name: 'Show this day' }));
  const banner = 'Shown as of the end of 3 Oct 2026, by today’s threshold and what is known today.';
  expect(await screen.findByText(banner, { exact: false })).toBeDefined();
  expect(history.location.href).toBe('/?window_days=7&as_of=2026-10-03');
  await waitFor(() => expect(asked()).toContain('/api/overview?window_days=7&as_of=2026-10-03'));
  const pages = screen.getByRole('navigation', { name: 'Pages' });
  expect(within(pages).getByRole('link', { name: 'Tutors' }).getAttribute('href')).toBe('/tutors?as_of=2026-10-03');
  await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'Back to now' }));
  await waitFor(() => expect(history.location.href).toBe('/?window_days=7'));
  expect(screen.queryByText(/Shown as of/)).toBeNull();
});

test('offers no day that is not over, and says whose days they are', async () => {
  open('/');
  const day = await screen.findByLabelText('Show all as of the end of');
  await screen.findByText('Days are those of UTC.');
  expect(day.getAttribute('max')).toBe(new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10));
});

test('says of a page that has no past that it is as it is now', async () => {
  open('/reports?as_of=2026-10-03');
  expect(await screen.findByText(/this page is shown as it is now/)).toBeDefined();
});

test('takes an address with a day that does not exist for now', async () => {
  const { asked } = open('/?as_of=2026-02-30');
  await screen.findByRole('heading', { name: 'Who first' });
  expect(asked()).toContain('/api/overview?window_days=30');
  expect(screen.queryByText(/Shown as of/)).toBeNull();
});
