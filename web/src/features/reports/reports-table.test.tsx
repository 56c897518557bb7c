import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderInApp } from '../../../test/render.tsx';
import { sampleReport } from '../../../test/sample-report.ts';
import { readReportsSearch } from './reports-search.ts';
import { ReportsTable } from './reports-table.tsx';

const ALL = readReportsSearch({});

describe('a report in the list', () => {
  it.each([
    ['pending', 'Pending'],
    ['sending', 'Sending'],
    ['sent', 'Sent'],
    ['failed', 'Failed'],
  ] as const)('that is %s says so in a word', async (status, words) => {
    expect(within(await row({ status })).getByText(words)).toBeTruthy();
  });

  it('shows the whole error and when the next attempt is', async () => {
    const error_message = 'The mail server cannot be reached: connect ECONNREFUSED 10.0.0.5:587';
    const failing = await row({
      status: 'pending',
      sent_at: null,
      error_message,
      next_attempt_at: '2026-11-02T13:07:00Z',
    });
    expect(within(failing).getByText(error_message)).toBeTruthy();
    expect(
      within(failing)
        .getByText(/Next attempt/)
        .querySelector('time')?.dateTime,
    ).toBe('2026-11-02T13:07:00Z');
  });

  it('does not claim to be mailed when it went to the outbox', async () => {
    const sent = await row({ provider: 'outbox' });
    expect(within(sent).getByText('Sent').closest('td')?.textContent).toBe('Sentkept here, not mailed');
  });

  it('says nothing of the outbox when a provider took it', async () => {
    expect(within(await row({ provider: 'sendgrid' })).queryByText(/kept here/)).toBeNull();
  });

  it('leads to its tutor, and to itself without losing the filter', async () => {
    const report = sampleReport({ status: 'failed' });
    await renderInApp(<ReportsTable reports={[report]} search={{ ...ALL, status: 'failed', page: 3 }} />);
    expect(href('Maria Lopez')).toBe(`/tutors/${report.tutor_id}`);
    expect(href('Read the report about Maria Lopez to coach@example.com')).toBe(
      `/reports?status=failed&page=3&open=${report.id}`,
    );
  });
});

async function row(change: Parameters<typeof sampleReport>[0]): Promise<HTMLElement> {
  await renderInApp(<ReportsTable reports={[sampleReport(change)]} search={ALL} />);
  return screen.getByRole('row', { name: /Maria Lopez/ });
}

function href(name: string): string | null {
  return screen.getByRole('link', { name }).getAttribute('href');
}
