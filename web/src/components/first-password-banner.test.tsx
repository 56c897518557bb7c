import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answerWith } from '../../test/answers.ts';
import { openApp } from '../../test/open-app.tsx';
import { signedInAs } from '../../test/users.ts';

const ME = 'GET /api/me';
const WARNING = /You still have your first password/;

it('says until when a first password holds, and goes when another is chosen', async () => {
  const { json } = signedInAs('viewer');
  const answers = {
    [ME]: { json: { ...json, password_ends_at: '2026-11-24T14:00:00.000Z' } },
    'POST /api/me/password': { status: 204, json: undefined },
  };
  answerWith(answers);
  openApp('/account');
  const banner = await screen.findByText(WARNING);
  expect(banner.querySelector('time')?.dateTime).toBe('2026-11-24T14:00:00.000Z');
  expect(screen.getByRole('link', { name: 'choose your own' }).getAttribute('href')).toBe('/account');
  Object.assign(answers, { [ME]: { json } });
  await userEvent.type(screen.getByLabelText('Current password'), 'the old words');
  await userEvent.type(screen.getByLabelText(/^New password, /), 'the new words');
  await userEvent.type(screen.getByLabelText('New password again'), 'the new words');
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  await waitFor(() => expect(screen.queryByText(WARNING)).toBeNull());
});

it('tells of one that is over', async () => {
  const { json } = signedInAs('viewer');
  answerWith({ [ME]: { json: { ...json, password_ends_at: '2026-01-02T14:00:00.000Z' } } });
  openApp('/account');
  expect((await screen.findByText(WARNING)).textContent).toContain('It opened the door until 2 Jan 2026');
});

it('says nothing to who has chosen a password', async () => {
  answerWith({ [ME]: signedInAs('viewer') });
  openApp('/account');
  expect(await screen.findByLabelText('Current password')).toBeTruthy();
  expect(screen.queryByText(WARNING)).toBeNull();
});
