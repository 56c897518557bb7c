import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleEvidence } from '../../../test/example-evidence.ts';
import { exampleTutorEvidence } from '../../../test/example-tutor-evidence.ts';
import { openWithClient } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

afterEach(() => vi.unstubAllGlobals());

const STATISTICS = {
  total_sessions_7d: 4,
  total_sessions_30d: 29,
  total_sessions_90d: 90,
  tutor_reschedules_7d: 0,
  tutor_reschedules_30d: 9,
  tutor_reschedules_90d: 9,
};
const RATES = { reschedule_rate_7d: 0, reschedule_rate_30d: 31.03, reschedule_rate_90d: 10 };
const AS_OF = '2026-11-15T12:00:00.000Z';

/** What the server says of Maria, by the end of the path. */
const MARIA: Record<string, unknown> = {
  '/api/me': { ...signedInAs('coach').json, business_timezone: 'Europe/Berlin' },
  '/api/tutors/maria': {
    tutor: {
      id: 'maria',
      name: 'Maria Lopez',
      email: null,
      is_active: true,
      created_at: AS_OF,
      scores: { ...RATES, ...exampleEvidence(), is_high_risk: true, risk_threshold: 15, last_calculated_at: AS_OF },
      statistics: STATISTICS,
      open_flag: null,
    },
  },
  '/api/tutors/maria/insights': {
    as_of: AS_OF,
    recommendation: 'Talk to the tutor.',
    observations: ['Moved 9.'],
    patterns: [],
  },
  '/api/tutors/maria/evidence': exampleTutorEvidence(),
  '/api/tutors/maria/rates': {
    as_of: AS_OF,
    risk_threshold: 15,
    points: [{ at: AS_OF, ...STATISTICS, ...RATES, ...exampleEvidence() }],
    flags: [],
    common_cause_days: [],
  },
  '/api/tutors/maria/history': {
    reschedules: [],
    trend: { reschedule_rate_by_week: [{ week: '2026-11-09', rate: 0, total_sessions: 4, tutor_reschedules: 0 }] },
  },
  '/api/tutors/maria/sessions': { sessions: [], total: 0, limit: 25, offset: 0 },
};

/** The page as the browser opens it, before a server that knows these paths and answers 404 to all others. */
async function open(address: string, answers: Record<string, unknown> = MARIA) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const answer = answers[new URL(path, 'http://localhost').pathname];
    if (answer instanceof Error) return Response.json({ message: answer.message }, { status: 500 });
    return answer === undefined ? Response.json({ message: 'Unknown.' }, { status: 404 }) : Response.json(answer);
  });
  return { asked, ...openWithClient(address), user: userEvent.setup({ delay: null }) };
}

test('offers each order of the reschedules where there are no heads to sort by, and goes there', async () => {
  const moved = { id: 'r-1', session_id: 's-1', original_time: AS_OF, new_time: null, initiator: 'tutor' };
  const unknown = { reason: null, reason_code: null, cancelled_at: null, hours_before_session: null };
  const reschedules = [{ ...moved, ...unknown }];
  const trend = { reschedule_rate_by_week: [] };
  const { user, history } = await open('/tutors/maria?days=30&page=2', {
    ...MARIA,
    '/api/tutors/maria/history': { reschedules, trend },
  });
  const order = await screen.findByRole('combobox', { name: 'Order' });
  expect(order).toHaveProperty('value', 'original_time desc');
  await user.selectOptions(order, 'Notice, shortest first');
  await waitFor(() =>
    expect(history.location.href).toBe('/tutors/maria?days=30&sort_by=hours_before_session&sort_order=asc'),
  );
});

test('shows who it is, what to do, the pictures and the counts', async () => {
  await open('/tutors/maria');
  expect(await screen.findByRole('heading', { level: 1, name: 'Maria Lopez' })).toBeDefined();
  expect(await screen.findByText('Talk to the tutor.')).toBeDefined();
  expect(within(screen.getByRole('list', { name: 'What was observed' })).getByText('Moved 9.')).toBeDefined();
  expect(await screen.findByText('Clears on 6 Dec if nothing more happens.')).toBeDefined();
  expect(await screen.findByRole('figure', { name: 'How has the rate moved?' })).toBeDefined();
  expect(await screen.findByRole('figure', { name: 'How sure were we?' })).toBeDefined();
  expect(screen.getByText(/was above 15 %, by today’s threshold/)).toBeDefined();
  expect(await screen.findByText(/confirmed until below 50 %, watch until below 40 %\.$/)).toBeDefined();
  expect(await screen.findByRole('figure', { name: 'Week by week' })).toBeDefined();
  expect(screen.getByText(/Weeks by their Monday, in Europe\/Berlin/)).toBeDefined();
  expect(await screen.findByText('No session was moved in the last 90 days.')).toBeDefined();
  expect(document.title).toBe('Maria Lopez · Tutor Quality');
});

test('shows the figures of the drawing as a table on demand', async () => {
  const { user } = await open('/tutors/maria');
  const figure = await screen.findByRole('figure', { name: 'How has the rate moved?' });
  await user.click(within(figure).getByRole('button', { name: 'Show as table' }));
  const cells = within(figure).getAllByRole('cell');
  expect(cells.map(({ textContent }) => textContent)).toEqual([
    '15 Nov 2026',
    '0.0 %0 of 4',
    '31.0 %9 of 29',
    '10.0 %9 of 90',
    '20 %, 14 to 26 %',
  ]);
});

test('looks as far back as the address says, and a choice of period is an address', async () => {
  const { user, asked, history } = await open('/tutors/maria?days=30&tab=sessions');
  await screen.findByText('This tutor has no sessions yet.');
  await waitFor(() => expect(asked).toContain('/api/tutors/maria/rates?days=30'));
  const periods = await screen.findByRole('navigation', { name: 'Period' });
  expect(within(periods).getByRole('link', { name: '30 days' }).getAttribute('aria-current')).not.toBeNull();
  await user.click(within(periods).getByRole('link', { name: '365 days' }));
  await waitFor(() => expect(asked).toContain('/api/tutors/maria/rates?days=365'));
  expect(history.location.href).toBe('/tutors/maria?days=365&tab=sessions');
});

test('opens a tab by its address, and says which one is open', async () => {
  const { user, history } = await open('/tutors/maria');
  const tabs = await screen.findByRole('navigation', { name: 'Details' });
  await user.click(within(tabs).getByRole('link', { name: 'Sessions' }));
  expect(await screen.findByText('This tutor has no sessions yet.')).toBeDefined();
  expect(history.location.href).toBe('/tutors/maria?tab=sessions');
  const current = within(tabs)
    .getAllByRole('link')
    .filter((link) => link.hasAttribute('aria-current'));
  expect(current.map(({ textContent }) => textContent)).toEqual(['Sessions']);
});

test('says that there is no such tutor, and leads to the list', async () => {
  await open('/tutors/nobody');
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no such tutor.' })).toBeDefined();
  expect(screen.getByRole('link', { name: 'Look at all tutors' }).getAttribute('href')).toBe('/tutors');
});

test('calls no other failure "not found", and tries again when told to', async () => {
  const answers = { ...MARIA, '/api/tutors/maria': new Error('Something went wrong here.') };
  const { user } = await open('/tutors/maria', answers);
  expect(await screen.findByText('The tutor could not be loaded.')).toBeDefined();
  expect(screen.queryByText('There is no such tutor.')).toBeNull();
  Object.assign(answers, MARIA);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Maria Lopez' })).toBeDefined();
});

test('keeps the rest of the page when one part cannot be loaded', async () => {
  await open('/tutors/maria', { ...MARIA, '/api/tutors/maria/rates': new Error('Something went wrong here.') });
  expect(await screen.findByText('The rates could not be loaded.')).toBeDefined();
  expect(await screen.findByText('Talk to the tutor.')).toBeDefined();
});

test('tints the figures that a new answer changed, and only those', async () => {
  const answers: Record<string, unknown> = { ...MARIA };
  const { client } = await open('/tutors/maria', answers);
  const windows = await screen.findByRole('table', { name: /Sessions, moves by the tutor/ });
  expect(windows.querySelector('.changed')).toBeNull();
  const text = JSON.stringify(MARIA['/api/tutors/maria']).replace('"total_sessions_30d":29', '"total_sessions_30d":30');
  answers['/api/tutors/maria'] = JSON.parse(text);
  await act(() => client.invalidateQueries());
  await waitFor(() => expect(windows.querySelector('.changed')).not.toBeNull());
  expect([...windows.querySelectorAll('.changed')].map(({ textContent }) => textContent)).toEqual(['30', '30.00 %']);
});

test('asks for everything as it was on the day that the address names, and its links stay there', async () => {
  const { user, asked, history } = await open('/tutors/maria?as_of=2026-10-03&tab=sessions');
  await screen.findByText('This tutor has no sessions yet.');
  await screen.findByText('Clears on 6 Dec if nothing more happens.');
  const ofMaria = asked.filter((path) => path.startsWith('/api/tutors/maria'));
  expect(new Set(ofMaria.map((path) => new URL(path, 'http://localhost').searchParams.get('as_of')))).toEqual(
    new Set(['2026-10-03']),
  );
  await user.click(await screen.findByRole('link', { name: '30 days' }));
  await waitFor(() => expect(history.location.search).toContain('days=30'));
  expect(history.location.search).toContain('as_of=2026-10-03');
});

test('leads from a move that counts to its row, on whichever page that is', async () => {
  const moved = { original_time: AS_OF, new_time: null, initiator: 'tutor', reason: null, reason_code: null };
  const reschedules = Array.from({ length: 30 }, (_, index) => ({
    ...moved,
    id: `r-${index}`,
    session_id: index === 28 ? 's-1' : `other-${index}`,
    cancelled_at: null,
    hours_before_session: null,
  }));
  const history = { reschedules, trend: { reschedule_rate_by_week: [] } };
  const { user } = await open('/tutors/maria?days=30', { ...MARIA, '/api/tutors/maria/history': history });
  await user.click(await screen.findByRole('link', { name: '10 Nov 2026' }));
  expect(await screen.findByText('26–30 of 30')).toBeDefined();
  await waitFor(() => expect(document.activeElement?.tagName).toBe('TR'));
  // Whoever has looked elsewhere since is led there once more.
  await user.click(screen.getByRole('link', { name: '10 Nov 2026' }));
  await waitFor(() => expect(document.activeElement?.tagName).toBe('TR'));
});
