import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answer, type Answers, answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { sampleReport } from '../../../test/sample-report.ts';
import { signedInAs } from '../../../test/users.ts';

const REPORT = sampleReport();
const LIST = { reports: [REPORT], total: 1234, limit: 50, offset: 0 };
const COUNTS = { pending: 1, sending: 0, sent: 1230, failed: 3 };
const LOADED = { 'GET /api/reports': { json: { ...LIST, counts: COUNTS } } };

describe('the reports page', () => {
  it('counts the reports of each state, and asks for those of the state that is chosen', async () => {
    const { asked, history } = await open('/reports?page=2');
    expect(await screen.findByRole('link', { name: 'All 1,234' })).toBeTruthy();
    await userEvent.click(screen.getByRole('link', { name: 'Failed 3' }));
    expect(await screen.findByRole('link', { name: 'Failed 3', current: true })).toBeTruthy();
    expect(history.location.href).toBe('/reports?status=failed');
    expect(asked().filter((path) => path.startsWith('/api/reports?'))).toEqual([
      '/api/reports?limit=50&offset=50',
      '/api/reports?status=failed&limit=50&offset=0',
    ]);
  });

  it('names the tutor whose reports it shows, and leads to those of all', async () => {
    const tutor = { [`GET /api/tutors/${REPORT.tutor_id}`]: { json: { tutor: { name: 'Maria Lopez' } } } };
    const { asked, history } = await open(`/reports?status=sent&tutor_id=${REPORT.tutor_id}`, { ...LOADED, ...tutor });
    const chip = await screen.findByRole('link', { name: /^Only Maria Lopez/ });
    expect(chip.querySelector('bdi')?.textContent).toBe('Maria Lopez');
    await userEvent.click(chip);
    expect(history.location.href).toBe('/reports?status=sent');
    expect(asked()).toContain(`/api/reports?status=sent&tutor_id=${REPORT.tutor_id}&limit=50&offset=0`);
  });

  it('opens a report in its address, and closes it without a trace', async () => {
    const { history } = await open('/reports?status=sent');
    const read = await screen.findByRole('link', { name: /^Read the report/ });
    await userEvent.click(read);
    expect(await screen.findByRole('dialog', { name: 'Report about Maria Lopez' })).toBeTruthy();
    expect(history.location.href).toBe(`/reports?status=sent&open=${REPORT.id}`);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(history.location.href).toBe('/reports?status=sent');
    expect(document.activeElement).toBe(read);
  });

  it('keeps what is known of an open report when the list loses it, and sends it once', async () => {
    const failed = sampleReport({ status: 'failed', attempts: 3, error_message: 'Mailbox full' });
    const answers: Answers = {
      'GET /api/reports?status=failed&limit=50&offset=0': { json: { ...LIST, reports: [failed], counts: COUNTS } },
      [`GET /api/reports?id=${failed.id}&limit=1`]: { json: { ...LIST, reports: [failed], total: 1 } },
      [`GET /api/reports/${failed.id}`]: { text: 'The subject' },
      [`POST /api/reports/${failed.id}/resend`]: { status: 202 },
    };
    await open('/reports?status=failed', answers);
    await userEvent.click(await screen.findByRole('link', { name: /^Read the report/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Report about Maria Lopez' });
    expect(within(dialog).getByText('Mailbox full')).toBeTruthy();
    const pending = { ...failed, status: 'pending', attempts: 0 };
    const none = { reports: [], total: 0, counts: { ...COUNTS, failed: 2 } };
    const asked = answerWith({
      ...answers,
      'GET /api/reports?status=failed&limit=50&offset=0': { json: { ...LIST, ...none } },
      [`GET /api/reports?id=${failed.id}&limit=1`]: { json: { ...LIST, reports: [pending], total: 1 } },
    });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Send again' }));
    expect(await within(dialog).findByText('Pending')).toBeTruthy();
    expect(await screen.findByText('No report is failed now.')).toBeTruthy();
    expect(within(dialog).getByText('Mailbox full')).toBeTruthy();
    const again = within(dialog).getByRole('button', { name: 'Send again' });
    expect(again.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(again);
    expect(asked.filter(({ path }) => path.endsWith('/resend'))).toHaveLength(1);
  });

  it('shows a report that is not among those of its page', async () => {
    const other = sampleReport({ id: crypto.randomUUID(), status: 'pending', tutor_name: 'Tom Baker' });
    await open(`/reports?open=${other.id}`, {
      ...LOADED,
      [`GET /api/reports?id=${other.id}&limit=1`]: { json: { ...LIST, reports: [other], total: 1 } },
      [`GET /api/reports/${other.id}`]: { text: 'The subject' },
    });
    const dialog = await screen.findByRole('dialog', { name: 'Report about Tom Baker' });
    expect(within(dialog).getByText('Pending')).toBeTruthy();
    expect(within(dialog).getByText('It is on its way.')).toBeTruthy();
  });

  it('says nothing of another state before its answer is there', async () => {
    const later = Promise.withResolvers<Answer>();
    const none = { json: { ...LIST, reports: [], total: 0, counts: COUNTS } };
    await open('/reports?status=sending', {
      'GET /api/reports?status=sending&limit=50&offset=0': none,
      'GET /api/reports?status=sent&limit=50&offset=0': later.promise,
    });
    await screen.findByText('No report is sending now.');
    await userEvent.click(screen.getByRole('link', { name: 'Sent 1,230' }));
    expect(await screen.findByText('Loading reports …')).toBeTruthy();
    expect(screen.queryByText(/^No report is/)).toBeNull();
    expect(screen.getByRole('region', { name: 'List of reports' }).getAttribute('aria-busy')).toBe('true');
    later.resolve({ json: { ...LIST, counts: COUNTS } });
    expect(await screen.findByRole('link', { name: /^Read the report/ })).toBeTruthy();
  });

  it('marks rows that are still those of another state', async () => {
    const later = Promise.withResolvers<Answer>();
    await open('/reports?status=sent', {
      ...LOADED,
      'GET /api/reports?status=failed&limit=50&offset=0': later.promise,
    });
    await screen.findByRole('link', { name: /^Read the report/ });
    await userEvent.click(screen.getByRole('link', { name: 'Failed 3' }));
    const list = screen.getByRole('region', { name: 'List of reports' });
    expect(list.getAttribute('aria-busy')).toBe('true');
    expect(within(list).getByRole('link', { name: /^Read the report/ })).toBeTruthy();
    later.resolve({ json: { ...LIST, reports: [sampleReport({ tutor_name: 'Tom Baker' })], counts: COUNTS } });
    expect(await within(list).findByText('Tom Baker')).toBeTruthy();
    expect(list.getAttribute('aria-busy')).toBe('false');
  });

  it('says what went wrong, and tries again', async () => {
    const answers: Answers = {
      'GET /api/reports': { status: 500, json: { message: 'Something went wrong on our side.', details: {} } },
    };
    await open('/reports', answers);
    expect(await screen.findByText('Something went wrong on our side.')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
    answerWith(LOADED);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Reports, newest first' })).toBeTruthy();
  });
});

async function open(address: string, answers: Answers = LOADED) {
  const asked = answerWith({ 'GET /api/me': signedInAs('admin'), ...answers });
  const history = openApp(address);
  await screen.findByRole('heading', { level: 1, name: 'Reports' });
  return { history, asked: () => asked.map(({ path }) => path) };
}
