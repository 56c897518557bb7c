import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTutors, rowOf, tutorOf } from '../../../test/open-tutors.tsx';

const MARIA = tutorOf('Maria Lopez', { total_sessions_30d: 29, tutor_reschedules_30d: 9, is_high_risk: true });
const TOM = tutorOf('Tom Baker', { total_sessions_30d: 20, tutor_reschedules_30d: 1, total_sessions_90d: 20 });
const INES = tutorOf('Ines Rocha', {});

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test('shows each tutor with badge, rate with counts, sessions and moves above the threshold', async () => {
  await openTutors('/tutors', () => ({ tutors: [MARIA, INES] }));
  const cells = within(await rowOf('Maria Lopez')).getAllByRole('cell');
  expect(cells.slice(0, 5).map((cell) => cell.textContent)).toEqual([
    'Maria Lopez',
    'High risk',
    '31.0 %9 of 29',
    '29',
    '+4.7',
  ]);
  const without = within(await rowOf('Ines Rocha')).getAllByRole('cell');
  expect(without.slice(1, 5).map((cell) => cell.textContent)).toEqual(['No sessions', '–no sessions', '0', '–']);
});

test('takes a search to the address once, in place, and keeps focus and text', async () => {
  const { user, history, addresses } = await openTutors('/tutors?page=3&window_days=7', ({ search }) =>
    search === 'mar' ? { tutors: [MARIA] } : { tutors: [MARIA, TOM], total: 200 },
  );
  const box = screen.getByRole('searchbox', { name: 'Search tutors' });
  await user.type(box, 'mar');
  expect(screen.getByRole('link', { name: 'Tom Baker' })).toBeDefined();
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

test('counts the tutors of each risk, and leads to them', async () => {
  await openTutors('/tutors?risk_status=high_risk&window_days=7', () => ({
    tutors: [MARIA],
    counts: { all: 1214, high_risk: 12, low_risk: 1202 },
  }));
  const risk = screen.getByRole('navigation', { name: 'Risk' });
  const links = within(risk).getAllByRole('link');
  expect(links.map((link) => link.textContent)).toEqual(['All1,214', 'High risk12', 'Low risk1,202']);
  expect(links.map((link) => link.getAttribute('aria-current'))).toEqual([null, 'true', null]);
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/tutors?window_days=7',
    '/tutors?risk_status=high_risk&window_days=7',
    '/tutors?risk_status=low_risk&window_days=7',
  ]);
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

test('sorts by figures from the highest and by names from A, and turns round at the second click', async () => {
  const { user, asked } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM] }));
  const head = (name: RegExp) => screen.getByRole('columnheader', { name });
  expect(head(/^Moves above/).getAttribute('aria-sort')).toBe('descending');
  expect(head(/^Name/).getAttribute('aria-sort')).toBe('none');
  expect(head(/^Risk/).hasAttribute('aria-sort')).toBe(false);
  await user.click(within(head(/^Name/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'name', sort_order: 'asc' }));
  await waitFor(() => expect(head(/^Name/).getAttribute('aria-sort')).toBe('ascending'));
  await user.click(within(head(/^Sessions/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'total_sessions', sort_order: 'desc' }));
  await user.click(within(head(/^Sessions/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'total_sessions', sort_order: 'asc' }));
});

test('shows and hides columns, and takes along as a file what is on screen', async () => {
  const { user } = await openTutors('/tutors?search=mar&columns=risk', () => ({ tutors: [MARIA] }));
  await user.click(screen.getByLabelText('Columns'));
  await user.click(screen.getByRole('checkbox', { name: 'Rate, 90 days' }));
  expect(await screen.findByRole('columnheader', { name: 'Rate, 90 days' })).toBeDefined();
  await user.click(screen.getByRole('checkbox', { name: 'Risk' }));
  await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Risk' })).toBeNull());
  const file = new URL(screen.getByRole('link', { name: 'CSV' }).getAttribute('href') ?? '', 'http://localhost');
  expect(Object.fromEntries(file.searchParams)).toMatchObject({
    search: 'mar',
    columns: 'id,name,total_sessions_90d,tutor_reschedules_90d,reschedule_rate_90d',
  });
});

test('leads from row to row by keys, and to the search', async () => {
  const { user } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM] }));
  const focused = () => document.activeElement?.textContent;
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(document.body);
  await user.keyboard('j');
  expect(focused()).toBe('Maria Lopez');
  await user.keyboard('jj');
  expect(focused()).toBe('Tom Baker');
  await user.keyboard('{ArrowUp}');
  expect(focused()).toBe('Maria Lopez');
  await user.keyboard('{Control>}j{/Control}');
  expect(focused()).toBe('Maria Lopez');
  await user.keyboard('/');
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  await user.keyboard('j/k');
  expect(screen.getByRole('searchbox')).toHaveProperty('value', 'j/k');
});

test('opens the selected tutor with Enter', async () => {
  const { user, addresses } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM] }));
  await user.keyboard('jj{Enter}');
  await waitFor(() => expect(addresses).toEqual([`/tutors/${TOM.id}`]));
});

test('gives the row back its focus when one comes back to the list, and goes on from there', async () => {
  const { user, history } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM, INES] }));
  await user.keyboard('jj{Enter}');
  await screen.findByText('There is no such tutor.');
  act(() => history.back());
  await rowOf('Tom Baker');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Tom Baker'));
  await user.keyboard('j');
  expect(document.activeElement?.textContent).toBe('Ines Rocha');
});

test('begins at the first row when the list is opened anew', async () => {
  const { user, history } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM, INES] }));
  await user.keyboard('jj{Enter}');
  await screen.findByText('There is no such tutor.');
  act(() => history.push('/tutors'));
  await rowOf('Tom Baker');
  await user.keyboard('j');
  expect(document.activeElement?.textContent).toBe('Maria Lopez');
});

test('leaves keys alone once they are turned off', async () => {
  const { user } = await openTutors('/tutors', () => ({ tutors: [MARIA] }));
  await user.click(screen.getByRole('button', { name: 'Turn off keys' }));
  await user.keyboard('j');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Turn on keys' }));
});

test('tints a tutor whose figures changed, keeps the selection, and tints nobody at first or on another page', async () => {
  let later = false;
  const { user, client } = await openTutors('/tutors', ({ offset }) => {
    if (offset === '50') return { tutors: [INES], total: 51 };
    const last_calculated_at = new Date().toISOString();
    const tom = { ...TOM, last_calculated_at };
    const maria = { ...MARIA, last_calculated_at, total_sessions_30d: later ? 30 : 29 };
    return { tutors: later ? [tom, maria] : [maria, tom], total: 51 };
  });
  await user.keyboard('j');
  expect(document.querySelectorAll('.changed')).toHaveLength(0);
  later = true;
  await act(() => client.invalidateQueries());
  const row = await rowOf('Maria Lopez');
  await waitFor(() => expect(row.textContent).toContain('9 of 30'));
  expect([...document.querySelectorAll('.changed')]).toEqual([row]);
  expect(document.activeElement?.textContent).toBe('Maria Lopez');
  await user.click(screen.getByRole('link', { name: 'Next page' }));
  await rowOf('Ines Rocha');
  expect(document.querySelectorAll('.changed')).toHaveLength(0);
});

test('says that no tutor matches, and leads to all of them', async () => {
  await openTutors('/tutors?search=xyz&risk_status=high_risk&window_days=7', () => ({ tutors: [] }));
  expect(screen.getByText('No tutor matches “xyz”.')).toBeDefined();
  const link = screen.getByRole('link', { name: 'Clear the filters' });
  expect(link.getAttribute('href')).toBe('/tutors?window_days=7');
});

test('says how the first tutor comes when there is none at all', async () => {
  await openTutors('/tutors', () => ({ tutors: [] }));
  expect(screen.getByText(/^curl -X POST/)).toBeDefined();
});

test('leads back to the first page from one beyond the end', async () => {
  await openTutors('/tutors?page=9', () => ({ tutors: [], total: 120 }));
  expect(screen.getByText('There is no page 9.')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Go to the first page' }).getAttribute('href')).toBe('/tutors');
});

test('says which part of the list is on screen, and asks for the next', async () => {
  const { user, asked } = await openTutors('/tutors', () => ({ tutors: [MARIA], total: 10_000 }));
  expect(screen.getByText('1–50 of 10,000')).toBeDefined();
  await user.click(screen.getByRole('link', { name: 'Next page' }));
  await waitFor(() => expect(asked()).toMatchObject({ limit: '50', offset: '50' }));
});

test('says what failed when there is nothing to show, and tries again when asked', async () => {
  let isAway = true;
  const { user } = await openTutors('/tutors', () => {
    if (isAway) throw new Error('The request is wrong.');
    return { tutors: [MARIA] };
  });
  expect(screen.getByText('The request is wrong.')).toBeDefined();
  isAway = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await rowOf('Maria Lopez');
});
