import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { SIGNED_OUT, signedInAs } from '../../../test/users.ts';

const ME = 'GET /api/me';

describe('the sign-in page', () => {
  it('is where a page leads that needs to know who one is, and leads back to it', async () => {
    const answers: Answers = { [ME]: SIGNED_OUT, 'POST /api/sign-in': { json: { user: {} } } };
    answerWith(answers);
    const history = openApp('/account?x=1');
    await userEvent.type(await screen.findByLabelText('Email'), 'ada@example.com');
    expect(history.location.href).toBe('/sign-in?next=%2Faccount%3Fx%3D1');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Sign in');
    answers[ME] = signedInAs('viewer');
    await userEvent.type(screen.getByLabelText('Password'), 'secret words{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'Account' })).toBeTruthy();
    expect(history.location.href).toBe('/account?x=1');
  });

  it('leads on at once who is signed in already', async () => {
    answerWith({ [ME]: signedInAs('viewer') });
    const history = openApp('/sign-in?next=%2Faccount');
    await waitFor(() => expect(history.location.href).toBe('/account'));
  });

  it('leads to no other site', async () => {
    answerWith({ [ME]: signedInAs('viewer') });
    const history = openApp('/sign-in?next=%2F%2Fevil.example%2Faccount');
    await waitFor(() => expect(history.location.href).toBe('/'));
  });

  it('says so when the browser does not keep the session', async () => {
    answerWith({ [ME]: SIGNED_OUT, 'POST /api/sign-in': { json: { user: {} } } });
    openApp('/sign-in');
    await userEvent.type(await screen.findByLabelText('Email'), 'ada@example.com');
    await userEvent.type(screen.getByLabelText('Password'), 'secret words{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('seems to refuse cookies');
  });

  it('says where the first password is', async () => {
    answerWith({ [ME]: SIGNED_OUT });
    openApp('/sign-in');
    await userEvent.click(await screen.findByText('Forgotten, or first time here?'));
    expect(screen.getByText('admin-password')).toBeTruthy();
    expect(screen.getByText('npm run user -- reset EMAIL')).toBeTruthy();
  });
});
