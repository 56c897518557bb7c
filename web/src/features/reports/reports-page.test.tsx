import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
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
    expect(await screen.findByRole('link', { name: 'Failed 3', current: 'page' })).toBeTruthy();
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
