import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { SIGNED_OUT, signedInAs } from '../../../test/users.ts';

const ME = 'GET /api/me';

describe('the account page', () => {
  it.each([
    ['viewer', /changes nothing/],
    ['coach', /can send reports again\.$/],
    ['admin', /may change the threshold, and through the API tutors and sessions/],
  ] as const)('tells a %s what the role may do', async (role, words) => {
    answerWith({ [ME]: signedInAs(role) });
    openApp('/account');
    expect((await screen.findByText(role)).parentElement?.textContent).toMatch(words);
  });

  it('signs out everywhere, and leads to the sign-in page', async () => {
    const answers = { [ME]: signedInAs('viewer'), 'POST /api/sign-out-everywhere': { status: 204, json: undefined } };
    const asked = answerWith(answers);
    const history = openApp('/account');
    const button = await screen.findByRole('button', { name: 'Sign out everywhere' });
    Object.assign(answers, { [ME]: SIGNED_OUT });
    const addresses: string[] = [];
    history.subscribe(({ location }) => addresses.push(location.href));
    await userEvent.click(button);
    await userEvent.type(await screen.findByLabelText('Password'), 'secret words');
    expect(addresses).toEqual(['/sign-in']);
    expect(asked.map(({ path }) => path)).toContain('/api/sign-out-everywhere');
  });
});
