import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { signedInAs } from '../../../test/users.ts';
import { CountedMoves } from './counted-moves.tsx';
import { readTutorSearch } from './tutor-search.ts';

const HAWAII = { ...signedInAs('coach').json, business_timezone: 'Pacific/Honolulu' };

beforeEach(() => {
  answerWith({ 'GET /api/me': { json: HAWAII } });
});
afterEach(() => vi.unstubAllGlobals());

const view = { id: 'maria', search: readTutorSearch({ days: '30', tab: 'sessions' }) };
const movesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    session_id: `s-${index + 1}`,
    original_time: '2026-11-11T08:00:00.000Z',
    student_id: 'st-1',
  }));

test('leads from each move, told by the day of the business, to its row among the moves by the tutor of the 90 days', async () => {
  await renderInApp(<CountedMoves view={view} moves={movesOf(1)} />);
  expect(screen.getByRole('heading', { name: '1 move that counts' })).toBeDefined();
  const href = (await screen.findByRole('link', { name: '10 Nov 2026' })).getAttribute('href');
  expect(href).toBe('/tutors/maria?initiator=tutor&session=s-1');
});

test('leads to those that do not fit by the first of them', async () => {
  await renderInApp(<CountedMoves view={view} moves={movesOf(15)} />);
  expect(screen.getAllByRole('link')).toHaveLength(13);
  expect(screen.getByRole('link', { name: 'and 3 more' }).getAttribute('href')).toContain('session=s-13');
});

test('says nothing where there is none', async () => {
  await renderInApp(<CountedMoves view={view} moves={[]} />);
  expect(screen.queryByRole('heading')).toBeNull();
});
