import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { renderInApp } from '../../../test/render.tsx';
import { PasswordForm } from './password-form.tsx';

const CHANGE = 'POST /api/me/password';

describe('changing the password', () => {
  it('says that it is changed and what became of other devices, and forgets what was typed', async () => {
    const asked = await change({ [CHANGE]: { status: 204 } });
    expect(await screen.findByText('Your password is changed. Your other devices were signed out.')).toBeTruthy();
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/me/password',
        body: { current_password: 'the old words', new_password: 'the new words' },
      },
    ]);
    expect(['Current password', NEW, 'New password again'].map((label) => field(label).value)).toEqual(['', '', '']);
  });

  it('asks nothing of the server while the two new ones differ', async () => {
    const asked = await change({}, 'the new wrods');
    expect(await screen.findByText('must be the same as the new one')).toBeTruthy();
    expect(document.activeElement).toBe(field('New password again'));
    expect(asked).toEqual([]);
  });

  it.each([
    ['current_password', 'Current password', 'is wrong'],
    ['new_password', 'New password, 12 characters or more', 'must have at least 12 characters'],
  ])('says at the field %s what the server says of it, and goes there', async (name, label, reason) => {
    const details = { [name]: reason };
    await change({ [CHANGE]: { status: 422, json: { message: 'The body breaks a rule.', details } } });
    expect(await screen.findByText(reason)).toBeTruthy();
    expect(field(label).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field(label));
    expect(screen.queryByText(/Your password is changed/)).toBeNull();
  });
});

const NEW = 'New password, 12 characters or more';

async function change(answers: Answers, again = 'the new words') {
  const asked = answerWith(answers);
  await renderInApp(<PasswordForm email="ada@example.com" />);
  await userEvent.type(field('Current password'), 'the old words');
  await userEvent.type(field(NEW), 'the new words');
  await userEvent.type(field('New password again'), again);
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }));
  return asked;
}

function field(label: string): HTMLInputElement {
  return screen.getByLabelText<HTMLInputElement>(label);
}
