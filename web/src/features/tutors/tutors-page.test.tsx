import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exampleEvidence } from '../../../test/example-evidence.ts';
import { openTutors, rowOf, tutorOf } from '../../../test/open-tutors.tsx';

const MARIA = tutorOf('Maria Lopez', {
  ...exampleEvidence(),
  total_sessions_30d: 29,
  tutor_reschedules_30d: 9,
  is_high_risk: true,
});
const TOM = tutorOf('Tom Baker', { total_sessions_30d: 20, tutor_reschedules_30d: 1, total_sessions_90d: 20 });
const INES = tutorOf('Ines Rocha', {});

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test('shows each tutor with what is sure, the rate to expect, the rate of the window and sessions', async () => {
  await openTutors('/tutors', () => ({ tutors: [MARIA, INES] }));
  const cells = within(await rowOf('Maria Lopez')).getAllByRole('cell');
  expect(cells.slice(0, 5).map((cell) => cell.textContent)).toEqual([
    'Maria Lopez ',
    'Confirmed91 %',
    '20 %, 14 to 26 %20 of 85',
    '31.0 %9 of 29',
    '29',
  ]);
  const without = within(await rowOf('Ines Rocha')).getAllByRole('cell');
  expect(without.slice(1, 5).map((cell) => cell.textContent)).toEqual([
    'Too few sessions9 %',
    '7.8 %, 1.4 to 18 %no sessions',
    '–no sessions',
    '0',
  ]);
});

test('marks a tutor whose own rate has risen, and nobody else', async () => {
  const risen = { ...TOM, rise_signalled_at: '2026-11-18T09:00:00.000Z' };
  await openTutors('/tutors', () => ({ tutors: [MARIA, risen] }));
  expect((await rowOf('Tom Baker')).textContent).toContain('rate has risen, 18 Nov 2026');
  expect((await rowOf('Maria Lopez')).textContent).not.toContain('risen');
});

test('sorts by figures from the highest and by names from A, and turns round at the second click', async () => {
  const { user, asked } = await openTutors('/tutors', () => ({ tutors: [MARIA, TOM] }));
  const head = (name: RegExp) => screen.getByRole('columnheader', { name });
  expect(head(/^Evidence/).getAttribute('aria-sort')).toBe('descending');
  expect(head(/^Name/).getAttribute('aria-sort')).toBe('none');
  expect(head(/^Expected/).hasAttribute('aria-sort')).toBe(false);
  await user.click(within(head(/^Name/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'name', sort_order: 'asc' }));
  await waitFor(() => expect(head(/^Name/).getAttribute('aria-sort')).toBe('ascending'));
  await user.click(within(head(/^Sessions/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'total_sessions', sort_order: 'desc' }));
  await user.click(within(head(/^Sessions/)).getByRole('link'));
  await waitFor(() => expect(asked()).toMatchObject({ sort_by: 'total_sessions', sort_order: 'asc' }));
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
    const tom = { ...TOM, last_calculated_at, prior_version: later ? 4 : 3, risk_probability: later ? 0.091 : 0.09 };
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
