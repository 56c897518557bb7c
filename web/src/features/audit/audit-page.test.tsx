import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { sampleRecord } from '../../../test/sample-record.ts';
import { signedInAs } from '../../../test/users.ts';

const RECORD = sampleRecord();
const LIST = { records: [RECORD], total: 120, limit: 50, offset: 0 };
const NONE = { ...LIST, records: [], total: 0 };
const LOADED = { 'GET /api/audit': { json: LIST } };

describe('the audit log', () => {
  it('says who saw whom, and leads to both', async () => {
    const { history } = await open('/audit');
    const table = await screen.findByRole('table', { name: 'Audit log, newest first' });
    expect(within(table).getByText('Saw')).toBeTruthy();
    expect(within(table).getByRole('link', { name: 'Maria Lopez' }).getAttribute('href')).toBe(
      `/tutors/${RECORD.tutor_id}`,
    );
    await userEvent.click(within(table).getByRole('link', { name: 'All by Ada Lovelace' }));
    expect(history.location.href).toBe(`/audit?actor=${RECORD.actor_id}`);
    await userEvent.click(await screen.findByRole('link', { name: 'Only Ada Lovelace: show what everybody did' }));
    expect(history.location.href).toBe('/audit');
  });

  it('asks for what is chosen, and keeps it in the address', async () => {
    const { history, asked } = await open('/audit?page=2');
    await userEvent.selectOptions(await screen.findByLabelText('What was done'), 'Exported');
    await userEvent.selectOptions(screen.getByLabelText('To what'), 'Lists of tutors');
    fireEvent.change(screen.getByLabelText('First day'), { target: { value: '2026-11-01' } });
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(history.location.href).toBe('/audit?from=2026-11-01&action=exported&subject=tutors');
    expect(asked().filter((path) => path.startsWith('/api/audit?'))).toEqual([
      '/api/audit?limit=50&offset=50',
      '/api/audit?action=exported&limit=50&offset=0',
      '/api/audit?action=exported&subject=tutors&limit=50&offset=0',
      '/api/audit?from=2026-11-01&action=exported&subject=tutors&limit=50&offset=0',
    ]);
    expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe(
      '/api/audit.csv?from=2026-11-01&action=exported&subject=tutors',
    );
  });

  it('says what is not there, and what would be', async () => {
    await open('/audit?action=restored', { 'GET /api/audit': { json: NONE } });
    expect(await screen.findByText('Nothing like this has been noted.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show all records' }).getAttribute('href')).toBe('/audit');
  });

  it('leads from a page past the end to the first', async () => {
    await open('/audit?page=9', { 'GET /api/audit': { json: { ...NONE, total: 120 } } });
    expect((await screen.findByRole('link', { name: 'Show the first page' })).getAttribute('href')).toBe('/audit');
  });

  it('says what went wrong, and tries again', async () => {
    await open('/audit', {
      'GET /api/audit': { status: 500, json: { message: 'Something went wrong.', details: {} } },
    });
    expect(await screen.findByText('Something went wrong.')).toBeTruthy();
    answerWith({ 'GET /api/me': signedInAs('admin'), ...LOADED });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Audit log, newest first' })).toBeTruthy();
  });

  it('is for admins: nobody else is led to it, or asks for it', async () => {
    const { asked } = await open('/audit', LOADED, 'coach');
    expect(await screen.findByText('Only admins may read the audit log.')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Audit' })).toBeNull();
    expect(asked().filter((path) => path.startsWith('/api/audit'))).toEqual([]);
  });

  it('stands in the bar of an admin', async () => {
    await open('/audit');
    expect(screen.getByRole('link', { name: 'Audit' }).getAttribute('aria-current')).toBe('page');
  });

  it('names what is gone by its id, and what has none by its kind', async () => {
    const gone = sampleRecord({ id: 2, subject_name: null, tutor_id: null, actor_name: null });
    const settings = sampleRecord({ id: 3, subject_kind: 'settings', subject_id: null, subject_name: null });
    const json = { ...LIST, records: [gone, { ...settings, tutor_id: null, details: { from: 20, to: 15 } }] };
    await open('/audit', { 'GET /api/audit': { json } });
    expect(await screen.findByText(gone.subject_id ?? '')).toBeTruthy();
    expect(screen.getByText('deleted user')).toBeTruthy();
    const table = screen.getByRole('table');
    expect(within(table).getByText('The settings')).toBeTruthy();
    expect(within(table).getByText('from 20, to 15')).toBeTruthy();
  });
});

async function open(address: string, answers: Answers = LOADED, role: 'admin' | 'coach' = 'admin') {
  const asked = answerWith({ 'GET /api/me': signedInAs(role), ...answers });
  const history = openApp(address);
  await screen.findByRole('heading', { level: 1, name: 'Audit log' });
  return { history, asked: () => asked.map(({ path }) => path) };
}
