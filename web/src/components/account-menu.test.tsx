import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../test/answers.ts';
import { openApp } from '../../test/open-app.tsx';
import { renderInApp } from '../../test/render.tsx';
import { SIGNED_OUT, signedInAs } from '../../test/users.ts';
import { AccountMenu } from './account-menu.tsx';

const ME = { 'GET /api/me': signedInAs('coach') };

describe('the account menu', () => {
  it('says who is signed in, and as what', async () => {
    await open(ME);
    expect(screen.getByText('ada@example.com · coach')).toBeTruthy();
  });

  it('closes with Escape and gives the focus back to its button', async () => {
    const button = await open(ME);
    await userEvent.tab();
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Password and devices' }));
    await userEvent.keyboard('{Escape}');
    expect(button.parentElement).toHaveProperty('open', false);
    expect(document.activeElement).toBe(button);
  });

  it('closes when its link is followed', async () => {
    const button = await open(ME);
    await userEvent.click(screen.getByRole('link', { name: 'Password and devices' }));
    await waitFor(() => expect(button.parentElement).toHaveProperty('open', false));
  });

  it('leads admins, and nobody else, to the queues: a page of the server, which is loaded whole', async () => {
    await open({ 'GET /api/me': signedInAs('admin') });
    const link = screen.getByRole('link', { name: 'Queues' });
    expect(link.getAttribute('href')).toBe('/api/queues');
    const followed = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(followed);
    // A link of the router would have stopped the browser from following it.
    expect(followed.defaultPrevented).toBe(false);
    cleanup();
    await open(ME);
    expect(screen.queryByRole('link', { name: 'Queues' })).toBeNull();
  });

  it.each([
    ['signs out', { status: 204 }],
    ['is content with a session that has ended already', { status: 401, json: { message: 'Sign in.', details: {} } }],
  ])('%s, and leads to the sign-in page', async (_words, answer) => {
    const answers: Answers = { ...ME, 'POST /api/sign-out': answer };
    const asked = answerWith(answers);
    const history = openApp('/account');
    await userEvent.click(await screen.findByLabelText('Account of Ada Lovelace'));
    answers['GET /api/me'] = SIGNED_OUT;
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    await waitFor(() => expect(history.location.pathname).toBe('/sign-in'));
    expect(asked.map(({ path }) => path)).toContain('/api/sign-out');
  });

  it('says when signing out did not work', async () => {
    await open({ ...ME, 'POST /api/sign-out': 'unreachable' });
    await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached.');
  });
});

async function open(answers: Answers): Promise<HTMLElement> {
  answerWith(answers);
  await renderInApp(<AccountMenu />);
  const button = await screen.findByLabelText('Account of Ada Lovelace');
  await userEvent.click(button);
  return button;
}
