import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { sampleReport } from '../../../test/sample-report.ts';
import { SendAgain } from './send-again.tsx';

const RESEND = 'POST /api/reports/r-1/resend';
const ACCEPTED = { [RESEND]: { status: 202, json: { status: 'accepted', report_id: 'r-1' } } };
const REFUSED = {
  [RESEND]: { status: 409, json: { message: 'The report is still on its way.', details: {} } },
};
const SENT = sampleReport({ id: 'r-1' });

describe('sending a report again', () => {
  it('asks the server once, says that it will be sent, and keeps the focus', async () => {
    const asked = answerWith(ACCEPTED);
    await show(SENT);
    await userEvent.click(button());
    expect(await screen.findByText('Will be sent again.')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(document.activeElement).toBe(button());
  });

  it('sends a report once, however quickly or late the second click comes', async () => {
    const asked = answerWith(ACCEPTED);
    await show(SENT);
    const pressed = button();
    await act(async () => {
      pressed.click();
      pressed.click();
    });
    await screen.findByText('Will be sent again.');
    await userEvent.click(button());
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(button().getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['sent', 'Sent again.'],
    ['failed', 'It could not be sent again.'],
  ] as const)('says how it ended when it is %s in the end, and stays locked', async (status, words) => {
    answerWith(ACCEPTED);
    const ended = { ...SENT, status };
    await show(ended, { ...SENT, status: 'pending', attempts: 0, sent_at: null }, ended);
    await userEvent.click(button());
    await screen.findByText('Will be sent again.');
    await next();
    expect(screen.getByRole('status').textContent).toBe('Will be sent again.');
    await next();
    expect(screen.getByRole('status').textContent).toBe(words);
    expect(button().getAttribute('aria-disabled')).toBe('true');
  });

  it('says in the words of the server why it cannot, for as long as that holds', async () => {
    answerWith(REFUSED);
    await show({ ...SENT, status: 'failed' }, SENT);
    await userEvent.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('The report is still on its way.');
    expect(screen.queryByText('Will be sent again.')).toBeNull();
    await next();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('can be tried again when the server cannot be reached', async () => {
    const asked = answerWith({ [RESEND]: 'unreachable' });
    await show({ ...SENT, status: 'failed' });
    await userEvent.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The server cannot be reached. Please try again in a moment.',
    );
    await userEvent.click(button());
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it.each(['pending', 'sending'] as const)('is not offered while the report is %s', async (status) => {
    const asked = answerWith({});
    await show({ ...SENT, status });
    expect(screen.getByText('It is on its way.')).toBeTruthy();
    await userEvent.click(button());
    expect(asked).toEqual([]);
  });

  it('is left to those who may', async () => {
    await renderInApp(<SendAgain report={SENT} isAllowed={false} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Coaches and admins can send it again.')).toBeTruthy();
  });

  it('cannot be done from a past day', async () => {
    await renderInApp(<SendAgain report={SENT} isAllowed />, '/reports?as_of=2026-10-03');
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('It can be sent again from the page as it is now.')).toBeTruthy();
  });
});

type Stage = Parameters<typeof SendAgain>[0]['report'];

/** Shows it for a report as the list has it; each click on "Next" lets the list know of the next stage. */
async function show(...stages: [Stage, ...Stage[]]): Promise<void> {
  function Stages() {
    const [at, setAt] = useState(0);
    return (
      <>
        <SendAgain report={stages[at] ?? SENT} isAllowed />
        <button type="button" onClick={() => setAt(at + 1)}>
          Next
        </button>
      </>
    );
  }
  await renderInApp(<Stages />);
}

async function next(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
}

function button(): HTMLElement {
  return screen.getByRole('button', { name: 'Send again' });
}
