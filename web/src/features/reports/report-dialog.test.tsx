import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { Role } from '#contract/access.ts';
import { answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { sampleReport } from '../../../test/sample-report.ts';
import { signedInAs } from '../../../test/users.ts';
import { ReportDialog } from './report-dialog.tsx';
import { type ReportsSearch, readReportsSearch } from './reports-search.ts';

const REPORT = sampleReport({ provider: 'outbox' });
const PATH = `/api/reports/${REPORT.id}`;
const TEXT = { text: 'High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days\n\nThe report itself.' };

describe('an open report', () => {
  it('shows what became of it, and its HTML where it can run nothing', async () => {
    await open();
    expect(await screen.findByText(/^High risk: Maria Lopez/)).toBeTruthy();
    expect(screen.getByText('Outbox: kept here, not mailed')).toBeTruthy();
    const frame = await screen.findByTitle('The report as HTML');
    expect([frame.getAttribute('src'), frame.getAttribute('sandbox')]).toEqual([`${PATH}?format=html`, '']);
  });

  it('lets no name turn round the words beside it', async () => {
    const tutor_name = 'evil\u202etxt.exe';
    await open({ report: sampleReport({ tutor_name }) });
    const title = screen.getByRole('heading', { name: `Report about ${tutor_name}` });
    expect(title.querySelector('bdi')?.textContent).toBe(tutor_name);
  });

  it('shows its text', async () => {
    await open({ search: { format: 'text' } });
    const text = await screen.findByRole('textbox', { name: 'The report as text' });
    expect(text).toHaveProperty('value', TEXT.text);
    expect(screen.getByRole('link', { name: 'Text' }).getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('link', { name: 'HTML' }).getAttribute('aria-current')).toBe('false');
  });

  it('can be read when the list does not have it', async () => {
    await open({ report: undefined, search: { format: 'text' } });
    expect(await screen.findByLabelText('The report as text')).toBeTruthy();
    expect(screen.getByText(REPORT.id)).toBeTruthy();
    expect(screen.getByText(/its state is not shown here/)).toBeTruthy();
  });

  it('is called unknown only when the server says so', async () => {
    await open({ answer: { status: 404, json: { message: 'There is no report with this id.', details: {} } } });
    expect(await screen.findByText('There is no such report.')).toBeTruthy();
  });

  it('says that it could not be loaded when the server fails', async () => {
    await open({ answer: { status: 500, json: { message: 'Something went wrong on our side.', details: {} } } });
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong on our side.');
    expect(screen.queryByText('There is no such report.')).toBeNull();
  });

  it.each([
    ['viewer', false],
    ['coach', true],
    ['admin', true],
  ] as const)('lets a %s send it again: %s', async (role, isAllowed) => {
    await open({ role, search: { format: 'text' } });
    await screen.findByLabelText('The report as text');
    expect(screen.queryByRole('button', { name: 'Send again' }) !== null).toBe(isAllowed);
  });

  it('gives the focus back to what opened it', async () => {
    answer('admin', TEXT);
    await renderInApp(<Opener />);
    const opener = screen.getByRole('button', { name: 'Open' });
    await userEvent.click(opener);
    const close = await screen.findByRole('button', { name: 'Close' });
    close.focus();
    await userEvent.click(close);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });
});

type Opened = {
  search?: Partial<ReportsSearch>;
  report?: typeof REPORT | undefined;
  role?: Role;
  answer?: Parameters<typeof answer>[1];
};

async function open({ search = {}, role = 'admin', answer: text = TEXT, ...rest }: Opened = {}) {
  answer(role, text);
  const report = 'report' in rest ? rest.report : REPORT;
  const address = { ...readReportsSearch({ open: REPORT.id }), ...search };
  await renderInApp(<ReportDialog id={REPORT.id} report={report} search={address} onClose={() => {}} />);
}

function answer(role: Role, text: { status?: number; text?: string; json?: unknown }) {
  answerWith({ 'GET /api/me': signedInAs(role), [`GET ${PATH}`]: text });
}

function Opener() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      {isOpen && (
        <ReportDialog
          id={REPORT.id}
          report={REPORT}
          search={readReportsSearch({ format: 'text' })}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
