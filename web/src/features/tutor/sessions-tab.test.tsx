import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { Sessions } from './sessions-tab.tsx';
import { readTutorSearch } from './tutor-search.ts';

const session = {
  id: '1',
  student_id: 's-1',
  scheduled_time: '2026-11-10T12:00:00.000Z',
  completed_time: null,
  status: 'no_show',
  duration_minutes: null,
  reschedule: null,
} as const;
const move = {
  id: 'r1',
  session_id: '2',
  original_time: '2026-11-10T12:00:00.000Z',
  new_time: null,
  initiator: 'tutor',
  reason: null,
  reason_code: null,
  cancelled_at: null,
  hours_before_session: null,
} as const;
const viewOf = (page: string) => ({ id: 'tutor-1', search: readTutorSearch({ tab: 'sessions', page }) });

test('says of each session how it ended and who moved it', async () => {
  const later = { ...move, initiator: 'student', new_time: '2026-11-12T12:00:00.000Z' } as const;
  const sessions = [
    session,
    { ...session, id: '2', status: 'rescheduled', duration_minutes: 60, reschedule: move } as const,
    { ...session, id: '3', status: 'completed', reschedule: later } as const,
  ];
  await renderInApp(<Sessions view={viewOf('1')} sessions={sessions} total={3} />);
  const cells = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(1)
        .map(({ textContent }) => textContent),
    );
  expect(cells[0]).toEqual(['s-1', 'No-show', '–', 'not moved']);
  expect(cells[1]).toEqual(['s-1', 'Rescheduled', '60 min', 'cancelled by tutor']);
  expect(cells[2]?.at(-1)).toMatch(/^by student to 12 Nov 2026/);
});

test('leads to the next page under the same tab', async () => {
  await renderInApp(<Sessions view={viewOf('1')} sessions={[session]} total={60} />);
  expect(screen.getByText('1–25 of 60')).toBeTruthy();
  const next = screen.getByRole('link', { name: 'Next page' });
  expect(next.getAttribute('href')).toBe('/tutors/tutor-1?tab=sessions&page=2');
});

test('leads back from beyond the end', async () => {
  await renderInApp(<Sessions view={viewOf('9')} sessions={[]} total={60} />);
  const first = screen.getByRole('link', { name: 'Go to the first page' });
  expect(first.getAttribute('href')).toBe('/tutors/tutor-1?tab=sessions');
});

test('says that there are none', async () => {
  await renderInApp(<Sessions view={viewOf('1')} sessions={[]} total={0} />);
  expect(screen.getByText('This tutor has no sessions yet.')).toBeTruthy();
});
