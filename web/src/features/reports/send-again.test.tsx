import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { SendAgain } from './send-again.tsx';

const RESEND = 'POST /api/reports/r-1/resend';

describe('sending a report again', () => {
  it('asks the server once, says that it will be sent, and keeps the focus', async () => {
    const asked = answerWith({ [RESEND]: { status: 202, json: { status: 'accepted', report_id: 'r-1' } } });
    await renderInApp(<SendAgain id="r-1" status="sent" isAllowed />);
    await userEvent.click(button());
    expect(await screen.findByText('Will be sent again.')).toBeTruthy();
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(document.activeElement).toBe(button());
  });

  it('says in the words of the server why it cannot', async () => {
    answerWith({ [RESEND]: { status: 409, json: { message: 'The report is still on its way.', details: {} } } });
    await renderInApp(<SendAgain id="r-1" status={undefined} isAllowed />);
    await userEvent.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe('The report is still on its way.');
    expect(screen.queryByText('Will be sent again.')).toBeNull();
  });

  it('says that the server cannot be reached', async () => {
    answerWith({ [RESEND]: 'unreachable' });
    await renderInApp(<SendAgain id="r-1" status="failed" isAllowed />);
    await userEvent.click(button());
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The server cannot be reached. Please try again in a moment.',
    );
  });

  it.each(['pending', 'sending'] as const)('is not offered while the report is %s', async (status) => {
    const asked = answerWith({});
    await renderInApp(<SendAgain id="r-1" status={status} isAllowed />);
    expect(screen.getByText('It is on its way.')).toBeTruthy();
    await userEvent.click(button());
    expect(asked).toEqual([]);
  });

  it('is left to those who may', async () => {
    await renderInApp(<SendAgain id="r-1" status="failed" isAllowed={false} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Coaches and admins can send it again.')).toBeTruthy();
  });
});

function button(): HTMLElement {
  return screen.getByRole('button', { name: 'Send again' });
}
