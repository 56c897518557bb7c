import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { SignInForm } from './sign-in-form.tsx';

const SIGN_IN = 'POST /api/sign-in';

describe('signing in', () => {
  it('sends what was typed and goes on once', async () => {
    const { asked, goOn } = await signIn({ json: { user: {} } });
    await waitFor(() => expect(goOn).toHaveBeenCalledOnce());
    expect(asked).toEqual([
      { method: 'POST', path: '/api/sign-in', body: { email: 'ada@example.com', password: 'secret words' } },
    ]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what is wrong, keeps the address, and asks for the password again', async () => {
    const message = 'The mail address or the password is wrong.';
    const { goOn } = await signIn({ status: 401, json: { message, details: { password: 'is wrong' } } });
    expect((await screen.findByRole('alert')).textContent).toBe(message);
    expect(screen.queryByText('is wrong')).toBeNull();
    expect(email()).toHaveProperty('value', 'ada@example.com');
    expect(password()).toHaveProperty('value', '');
    expect(document.activeElement).toBe(password());
    expect(goOn).not.toHaveBeenCalled();
  });

  it('says when to try again, and keeps the password', async () => {
    const message = 'Too many tries. Try again in 40 seconds.';
    await signIn({ status: 429, json: { message, details: {} } });
    expect((await screen.findByRole('alert')).textContent).toBe(message);
    expect(password()).toHaveProperty('value', 'secret words');
  });

  it('says that the server cannot be reached, and keeps the password', async () => {
    await signIn('unreachable');
    expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached.');
    expect(password()).toHaveProperty('value', 'secret words');
  });

  it('says at the field which rule is broken', async () => {
    await signIn({ status: 422, json: { message: 'The body breaks a rule.', details: { email: 'must be an email' } } });
    expect(await screen.findByText('must be an email')).toBeTruthy();
    expect(email().getAttribute('aria-invalid')).toBe('true');
    expect(password().getAttribute('aria-invalid')).toBe('false');
  });

  it('can be filled in by a password manager, and by nobody who looks over a shoulder', async () => {
    await renderInApp(<SignInForm onSignedIn={async () => {}} />);
    expect(password().getAttribute('type')).toBe('password');
    expect([email(), password()].map((field) => field.getAttribute('autocomplete'))).toEqual([
      'username',
      'current-password',
    ]);
  });
});

async function signIn(answer: Answers[string]) {
  const asked = answerWith({ [SIGN_IN]: answer });
  const goOn = vi.fn<() => Promise<void>>(async () => {});
  await renderInApp(<SignInForm onSignedIn={goOn} />);
  await userEvent.type(email(), 'ada@example.com');
  await userEvent.type(password(), 'secret words');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  return { asked, goOn };
}

function email(): HTMLElement {
  return screen.getByLabelText('Email');
}

function password(): HTMLElement {
  return screen.getByLabelText('Password');
}
