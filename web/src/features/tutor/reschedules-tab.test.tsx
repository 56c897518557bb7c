import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { type Answer, answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { Reschedules, ReschedulesTab } from './reschedules-tab.tsx';
import type { Reschedule } from './select-reschedules.ts';
import { readTutorSearch } from './tutor-search.ts';

const moved: Reschedule = {
  id: '1',
  session_id: 's1',
  original_time: '2026-11-10T12:00:00.000Z',
  new_time: '2026-11-12T12:00:00.000Z',
  initiator: 'tutor',
  reason: 'Family issue',
  reason_code: null,
  cancelled_at: '2026-11-10T09:00:00.000Z',
  hours_before_session: 3,
};
const cancelled: Reschedule = {
  ...moved,
  id: '2',
  original_time: '2026-11-09T12:00:00.000Z',
  new_time: null,
  initiator: 'student',
  reason: null,
  cancelled_at: null,
  hours_before_session: null,
};
const viewOf = (raw: Record<string, string>) => ({ id: 'tutor-1', search: readTutorSearch(raw) });
const rows = () => screen.getAllByRole('row').slice(1);
const words = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .slice(2)
    .map(({ textContent }) => textContent);

test('says who moved what, how long before, and why', async () => {
  await renderInApp(<Reschedules view={viewOf({})} reschedules={[cancelled, moved]} />);
  expect(rows().map(words)).toEqual([
    ['tutor', '3 h before the start', 'Family issue'],
    ['student', 'unknown', 'none given'],
  ]);
  expect(within(rows()[1] ?? document.body).getByText('cancelled')).toBeTruthy();
});

test('offers each initiator with its count, and shows the one that the address names', async () => {
  await renderInApp(<Reschedules view={viewOf({ initiator: 'student' })} reschedules={[moved, cancelled]} />);
  expect(rows()).toHaveLength(1);
  const choice = screen.getByRole('navigation', { name: 'Moved by' });
  expect(
    within(choice)
      .getAllByRole('link')
      .map(({ textContent }) => textContent),
  ).toEqual(['All2', 'Tutor1', 'Student1']);
  expect(within(choice).getByRole('link', { current: true }).textContent).toBe('Student1');
});

test('sorts by a head, keeps the rest of the address, and turns the order round', async () => {
  const view = viewOf({ initiator: 'tutor', page: '2', days: '30' });
  await renderInApp(<Reschedules view={{ ...view, search: { ...view.search, page: 1 } }} reschedules={[moved]} />);
  const href = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
  expect(href('Notice')).toBe('/tutors/tutor-1?days=30&initiator=tutor&sort_by=hours_before_session');
  expect(href('Original time')).toBe('/tutors/tutor-1?days=30&initiator=tutor&sort_order=asc');
  expect(screen.getByRole('columnheader', { name: 'Original time' }).getAttribute('aria-sort')).toBe('descending');
});

test('shows 25 rows a page and leads to the next', async () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ ...moved, id: String(index) }));
  await renderInApp(<Reschedules view={viewOf({ page: '2' })} reschedules={many} />);
  expect(rows()).toHaveLength(5);
  expect(screen.getByText('26–30 of 30')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Previous page' }).getAttribute('href')).toBe('/tutors/tutor-1');
});

test('says when the period holds more than are shown', async () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ ...moved, id: String(index) }));
  await renderInApp(<Reschedules view={viewOf({})} reschedules={many} />);
  expect(screen.getByText(/the latest 500 of the period/)).toBeTruthy();
});

test('says that nothing was moved and where to look further', async () => {
  await renderInApp(<Reschedules view={viewOf({ days: '30' })} reschedules={[]} />);
  expect(screen.getByText('No session was moved in the last 30 days.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Look at 365 days' }).getAttribute('href')).toBe('/tutors/tutor-1?days=365');
});

test('says that this initiator moved nothing', async () => {
  await renderInApp(<Reschedules view={viewOf({ initiator: 'student' })} reschedules={[moved]} />);
  expect(screen.getByText('None was moved by the student in the last 90 days.')).toBeTruthy();
});

test('says nothing of another period before its answer is there', async () => {
  const year = await openYear([]);
  expect(screen.getByText('Loading the reschedules …')).toBeTruthy();
  expect(screen.queryByText(/^No session was moved/)).toBeNull();
  year.resolve({ json: { reschedules: [moved] } });
  expect(await screen.findByRole('table', { name: 'Reschedules of the last 365 days' })).toBeTruthy();
});

test('marks rows that are still those of another period', async () => {
  const year = await openYear([moved]);
  const region = () => screen.getByRole('table').closest('[aria-busy]');
  expect(region()?.getAttribute('aria-busy')).toBe('true');
  year.resolve({ json: { reschedules: [moved, cancelled] } });
  await screen.findByText('cancelled');
  expect(region()?.getAttribute('aria-busy')).toBe('false');
});

/** Goes on from what was moved in 30 days to a whole year, of which the test tells when it likes. */
async function openYear(inMonth: Reschedule[]) {
  const year = Promise.withResolvers<Answer>();
  answerWith({
    'GET /api/tutors/tutor-1/history?days=30&limit=500': { json: { reschedules: inMonth } },
    'GET /api/tutors/tutor-1/history?days=365&limit=500': year.promise,
  });
  function Periods() {
    const [days, setDays] = useState('30');
    return (
      <>
        <ReschedulesTab view={viewOf({ days })} />
        <button type="button" onClick={() => setDays('365')}>
          A year
        </button>
      </>
    );
  }
  await renderInApp(<Periods />);
  await screen.findByText(inMonth.length === 0 ? 'No session was moved in the last 30 days.' : 'Family issue');
  await userEvent.click(screen.getByRole('button', { name: 'A year' }));
  return year;
}
