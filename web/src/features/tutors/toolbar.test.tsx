import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleEvidence } from '../../../test/example-evidence.ts';
import { openTutors, tutorOf } from '../../../test/open-tutors.tsx';

const MARIA = tutorOf('Maria Lopez', {
  ...exampleEvidence(),
  total_sessions_30d: 29,
  tutor_reschedules_30d: 9,
  is_high_risk: true,
});
const TOM = tutorOf('Tom Baker', { total_sessions_30d: 20, tutor_reschedules_30d: 1, total_sessions_90d: 20 });

afterEach(() => vi.unstubAllGlobals());

test('takes a search to the address once, in place, and keeps focus and text', async () => {
  const { user, history, addresses } = await openTutors('/tutors?page=3&window_days=7', ({ search }) =>
    search === 'mar' ? { tutors: [MARIA] } : { tutors: [MARIA, TOM], total: 200 },
  );
  const box = screen.getByRole('searchbox', { name: 'Search tutors' });
  await user.click(box);
  // By a clock of its own: a busy machine pauses between two letters for longer than who types.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    for (const value of ['m', 'ma', 'mar']) {
      fireEvent.change(box, { target: { value } });
      await act(() => vi.advanceTimersByTimeAsync(100));
    }
    expect(screen.getByRole('link', { name: 'Tom Baker' })).toBeDefined();
    await act(() => vi.advanceTimersByTimeAsync(1_000));
  } finally {
    vi.useRealTimers();
  }
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Tom Baker' })).toBeNull());
  expect(addresses).toEqual(['/tutors?window_days=7&search=mar']);
  expect(history.length).toBe(1);
  expect(document.activeElement).toBe(box);
  expect(box).toHaveProperty('value', 'mar');
});

test('clears the search with Escape', async () => {
  const { user, addresses } = await openTutors('/tutors?search=mar', () => ({ tutors: [MARIA] }));
  const box = screen.getByRole('searchbox');
  await user.click(box);
  await user.keyboard('{Escape}');
  expect(box).toHaveProperty('value', '');
  await waitFor(() => expect(addresses).toEqual(['/tutors']));
});

test('shows in the search box what an address brings, as "back" does', async () => {
  const { history } = await openTutors('/tutors?search=mar', () => ({ tutors: [MARIA] }));
  act(() => history.push('/tutors?search=tom'));
  await waitFor(() => expect(screen.getByRole('searchbox')).toHaveProperty('value', 'tom'));
});

test('forgets what was typed last when the address is changed elsewhere before it is told', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  try {
    const { history, addresses } = await openTutors('/tutors?search=mar', () => ({ tutors: [MARIA] }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'marx' } });
    act(() => history.push('/tutors'));
    await waitFor(() => expect(screen.getByRole('searchbox')).toHaveProperty('value', ''));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(addresses).toEqual(['/tutors']);
  } finally {
    vi.useRealTimers();
  }
});

test('counts the tutors of each tier, and leads to them', async () => {
  await openTutors('/tutors?evidence=confirmed&window_days=7', () => ({
    tutors: [MARIA],
    evidence_counts: { all: 1214, confirmed: 12, watch: 30, flagged: 42, clear: 1000, too_few: 172 },
  }));
  const tiers = screen.getByRole('navigation', { name: 'Evidence' });
  const links = within(tiers).getAllByRole('link');
  expect(links.map((link) => link.textContent)).toEqual([
    'All1,214',
    'Confirmed12',
    'Watch30',
    'Clear1,000',
    'Too few172',
  ]);
  expect(links.map((link) => link.getAttribute('aria-current'))).toEqual([null, 'true', null, null, null]);
  expect(links.slice(0, 3).map((link) => link.getAttribute('href'))).toEqual([
    '/tutors?window_days=7',
    '/tutors?evidence=confirmed&window_days=7',
    '/tutors?evidence=watch&window_days=7',
  ]);
});

test('shows both flagged tiers together where an address asks for them', async () => {
  const { asked } = await openTutors('/tutors?evidence=flagged', () => ({ tutors: [MARIA] }));
  const tiers = screen.getByRole('navigation', { name: 'Evidence' });
  expect(within(tiers).getByRole('link', { current: true }).textContent).toBe('Confirmed or watch0');
  expect(asked().evidence).toBe('flagged');
});

test('asks for those who are high risk by the rule alone', async () => {
  const { user, asked } = await openTutors('/tutors', () => ({ tutors: [MARIA] }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'By the rule' }), 'Rule: high risk');
  await waitFor(() => expect(asked().risk_status).toBe('high_risk'));
});

test('asks for the list as it was on the day that the address names, for the file too', async () => {
  const { asked } = await openTutors('/tutors?as_of=2026-10-03', () => ({ tutors: [MARIA] }));
  expect(asked().as_of).toBe('2026-10-03');
  const file = screen.getByRole('link', { name: 'CSV' }).getAttribute('href');
  expect(file).toContain('as_of=2026-10-03');
});

test('leads to the figures of another window', async () => {
  await openTutors('/tutors?window_days=7&page=2', () => ({ tutors: [MARIA], total: 51 }));
  const links = within(screen.getByRole('navigation', { name: 'Window' })).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('aria-current'))).toEqual(['true', null, null]);
  expect(screen.getByRole('link', { name: '90 days' }).getAttribute('href')).toBe('/tutors?window_days=90');
  expect(screen.getByRole('columnheader', { name: 'Rate, 7 days' })).toBeDefined();
});

test('asks for inactive tutors alone', async () => {
  const { user, asked } = await openTutors('/tutors', () => ({ tutors: [TOM] }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Activity' }), 'Inactive');
  await waitFor(() => expect(asked().is_active).toBe('false'));
});

test('shows the bounds of a rate, and leads to the list without them', async () => {
  await openTutors('/tutors?rate_from=15&rate_below=20', () => ({ tutors: [MARIA] }));
  const link = screen.getByRole('link', { name: 'Rate 15–20 %: remove this filter' });
  expect(link.getAttribute('href')).toBe('/tutors');
});

test('shows and hides columns, and takes along as a file what is on screen', async () => {
  const { user } = await openTutors('/tutors?search=mar&columns=evidence', () => ({ tutors: [MARIA] }));
  await user.click(screen.getByLabelText('Columns'));
  await user.click(screen.getByRole('checkbox', { name: 'Rate, 90 days' }));
  expect(await screen.findByRole('columnheader', { name: 'Rate, 90 days' })).toBeDefined();
  await user.click(screen.getByRole('checkbox', { name: 'Evidence' }));
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Evidence' })).toBeNull());
  const file = new URL(screen.getByRole('link', { name: 'CSV' }).getAttribute('href') ?? '', 'http://localhost');
  expect(Object.fromEntries(file.searchParams)).toMatchObject({
    search: 'mar',
    columns: 'id,name,total_sessions_90d,tutor_reschedules_90d,reschedule_rate_90d',
  });
});
