import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

const SESSIONS = 'GET /api/me/sessions';
const END = 'POST /api/me/sessions/end';
const TIMES = { begun_at: '2026-11-20T10:00:00.000Z', used_at: '2026-11-21T10:00:00.000Z' };
const HERE = { ...TIMES, id: 'here', user_agent: 'Firefox/150.0 Linux', is_this: true };
const OTHER = { ...TIMES, id: 'other', user_agent: 'Chrome/150.0 Windows', is_this: false };

let answers: Answers;
beforeEach(() => {
  answers = {
    'GET /api/me': signedInAs('viewer'),
    [SESSIONS]: { json: { sessions: [HERE, OTHER] } },
    [END]: { status: 204 },
  };
});

describe('the list of devices', () => {
  it('says which browser one sits at, and lets only others be ended', async () => {
    answerWith(answers);
    openApp('/account');
    const [here, other] = await screen.findAllByRole('listitem', { name: '' });
    expect(here?.textContent).toMatch(/^Firefox on Linux, this onesigned in 20 Nov 2026/);
    expect(other?.textContent).toMatch(/^Chrome on Windowssigned in 20 Nov 2026, .*, seen in use /);
    expect(screen.getAllByRole('button', { name: /^End the session/ })).toHaveLength(1);
  });

  it('says why it is not there', async () => {
    answerWith({ ...answers, [SESSIONS]: { status: 500, json: { message: 'Something went wrong.' } } });
    openApp('/account');
    expect(await screen.findByText('Your sessions could not be loaded.')).toBeTruthy();
  });
});

describe('ending sessions', () => {
  it.each([
    [/^End the session of Chrome on Windows, signed in /, 'other'],
    ['End all others', null],
  ])('asks for the password: %s', async (name, own_session_id) => {
    const asked = answerWith(answers);
    await end(name, { [SESSIONS]: { json: { sessions: [HERE] } } });
    await waitFor(() => expect(screen.queryByText(/Chrome on Windows/)).toBeNull());
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole('main'));
    expect(asked).toContainEqual({
      method: 'POST',
      path: '/api/me/sessions/end',
      body: { current_password: 'secret words', own_session_id },
    });
  });

  it('says that the password is wrong, and stays', async () => {
    const json = { message: 'The current password is wrong.', details: { current_password: 'is wrong' } };
    answerWith({ ...answers, [END]: { status: 422, json } });
    const dialog = await end('End all others');
    expect(await within(dialog).findByText('is wrong')).toBeTruthy();
  });

  it('takes one that is gone for ended', async () => {
    answerWith({ ...answers, [END]: { status: 404, json: { message: 'You have no such session.', details: {} } } });
    await end(/^End the session of Chrome on Windows/);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

/** `then` is what the server answers from the moment on at which it is asked to end them. */
async function end(name: string | RegExp, then: Answers = {}): Promise<HTMLElement> {
  openApp('/account');
  await userEvent.click(await screen.findByRole('button', { name }));
  const dialog = screen.getByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Your password'), 'secret words');
  Object.assign(answers, then);
  await userEvent.click(within(dialog).getByRole('button', { name: 'End' }));
  return dialog;
}
