import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Role } from '#contract/access.ts';
import { type Answer, answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { sampleReport } from '../../../test/sample-report.ts';
import { signedInAs } from '../../../test/users.ts';
import { ReportDialog } from './report-dialog.tsx';
import { type ReportsSearch, readReportsSearch } from './reports-search.ts';

const REPORT = sampleReport({ provider: 'outbox' });
const PATH = `/api/reports/${REPORT.id}`;
const TEXT = { text: 'High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days\n\nThe report itself.' };

const FACTS = factsOf(REPORT);
const NOT_FOUND = { status: 404, json: { message: 'There is no report with this id.', details: {} } };
const BROKEN = { status: 500, json: { message: 'Something went wrong on our side.', details: {} } };

describe('an open report', () => {
  it('shows what became of it, and its HTML where it can run nothing', async () => {
    await open();
    expect(await screen.findByText(/^High risk: Maria Lopez/)).toBeTruthy();
    expect(await screen.findByText('Outbox: kept here, not mailed')).toBeTruthy();
    const frame = await screen.findByTitle('The report as HTML');
    expect([frame.getAttribute('src'), frame.getAttribute('sandbox')]).toEqual([`${PATH}?format=html`, '']);
  });

  it('lets no name turn round the words beside it', async () => {
    const tutor_name = 'evil\u202etxt.exe';
    await open({ facts: factsOf(sampleReport({ tutor_name })) });
    const title = await screen.findByRole('heading', { name: `Report about ${tutor_name}` });
    expect(title.querySelector('bdi')?.textContent).toBe(tutor_name);
  });

  it('shows its text', async () => {
    await open({ search: { format: 'text' } });
    const text = await screen.findByRole('textbox', { name: 'The report as text' });
    expect(text).toHaveProperty('value', TEXT.text);
    expect(screen.getByRole('link', { name: 'Text' }).getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('link', { name: 'HTML' }).getAttribute('aria-current')).toBeNull();
  });

  it('is called unknown only when there is none with its id', async () => {
    await open({ facts: { json: { reports: [], total: 0 } }, text: NOT_FOUND });
    expect(await screen.findByText('There is no such report.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
  });

  it.each([
    ['what became of it', { facts: BROKEN }],
    ['what it says', { text: BROKEN }],
  ])('says that %s could not be loaded when the server fails, and tries again', async (_words, broken) => {
    await open({ ...broken, search: { format: 'text' } });
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong on our side.');
    expect(screen.queryByText('There is no such report.')).toBeNull();
    answer('admin', FACTS, TEXT);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Outbox: kept here, not mailed')).toBeTruthy();
    expect(await screen.findByLabelText('The report as text')).toBeTruthy();
  });

  it.each([
    ['viewer', false],
    ['coach', true],
    ['admin', true],
  ] as const)('lets a %s send it again: %s', async (role, isAllowed) => {
    await open({ role, search: { format: 'text' } });
    await screen.findByText('Outbox: kept here, not mailed');
    expect(screen.queryByRole('button', { name: 'Send again' }) !== null).toBe(isAllowed);
  });
});

type Opened = {
  search?: Partial<ReportsSearch>;
  role?: Role;
  facts?: Answer;
  text?: Answer;
};

async function open({ search = {}, role = 'admin', facts = FACTS, text = TEXT }: Opened = {}) {
  answer(role, facts, text);
  const address = { ...readReportsSearch({ open: REPORT.id }), ...search };
  await renderInApp(<ReportDialog id={REPORT.id} search={address} onClose={() => {}} />);
}

function answer(role: Role, facts: Answer, text: Answer) {
  answerWith({
    'GET /api/me': signedInAs(role),
    [`GET /api/reports?id=${REPORT.id}&limit=1`]: facts,
    [`GET ${PATH}`]: text,
  });
}

function factsOf(report: typeof REPORT): Answer {
  return { json: { reports: [report], total: 1 } };
}
