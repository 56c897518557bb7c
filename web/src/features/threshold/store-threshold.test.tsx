import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '#contract/access.ts';
import { type Answers, answerWith } from '../../../test/answers.ts';
import { exampleReplay } from '../../../test/example-threshold.ts';
import { openApp } from '../../../test/open-app.tsx';
import { signedInAs } from '../../../test/users.ts';

const AT_20 = 'GET /api/threshold?risk_threshold=20&level=flagged';

afterEach(() => vi.unstubAllGlobals());

async function open(role: Role, change: Answers = {}) {
  const answers: Answers = { 'GET /api/me': signedInAs(role), [AT_20]: { json: exampleReplay(20) }, ...change };
  const asked = answerWith(answers);
  openApp('/threshold?risk_threshold=20');
  await screen.findByText(/The stored threshold is 15 %; 20 % is only looked at\./);
  return {
    answers,
    stored: () => asked.filter(({ method }) => method === 'PUT'),
    user: userEvent.setup({ delay: null }),
  };
}

const storeButton = () => screen.queryByRole('button', { name: 'Store 20 % …' });

describe('storing the threshold', () => {
  it.each(['viewer', 'coach'] as const)('is not for a %s, who is told', async (role) => {
    await open(role);
    expect(screen.getByText(/Only an admin may change it\./)).toBeDefined();
    expect(storeButton()).toBeNull();
  });

  it('is asked about first, with what it does to the flags', async () => {
    const { user, stored } = await open('admin');
    await user.click(await screen.findByRole('button', { name: 'Store 20 % …' }));
    const dialog = screen.getByRole('dialog', { name: 'Make 20 % the threshold?' });
    expect(dialog.textContent).toContain(
      'It is 15 % now. At once 2 flags will open, 12 will close, 3 will change their level.',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Keep 15 %' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(stored()).toEqual([]);
  });

  it('says when nothing changes at once', async () => {
    const on_change = { opened: 0, closed: 0, level_changed: 0 };
    const { user } = await open('admin', { [AT_20]: { json: exampleReplay(20, 'flagged', { on_change }) } });
    await user.click(await screen.findByRole('button', { name: 'Store 20 % …' }));
    expect(screen.getByRole('dialog').textContent).toContain('No flag will open or close at once.');
  });

  it('stores it, and shows what is stored then', async () => {
    const { user, answers, stored } = await open('admin', { 'PUT /api/settings': { json: {} } });
    await user.click(await screen.findByRole('button', { name: 'Store 20 % …' }));
    const now = exampleReplay(20);
    answers[AT_20] = { json: { ...now, current: now.chosen } };
    await user.click(screen.getByRole('button', { name: 'Store 20 %' }));
    expect(await screen.findByText('Stored. Everybody is judged by 20 % now.')).toBeDefined();
    expect(screen.getByText('The stored threshold is 20 %.')).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(storeButton()).toBeNull();
    expect(stored().map(({ path, body }) => [path, body])).toEqual([['/api/settings', { risk_threshold: 20 }]]);
  });

  it('says why it was refused, and keeps the question', async () => {
    const refused = { status: 403, json: { message: 'This needs the role admin.', details: {} } };
    const { user } = await open('admin', { 'PUT /api/settings': refused });
    await user.click(await screen.findByRole('button', { name: 'Store 20 % …' }));
    await user.click(screen.getByRole('button', { name: 'Store 20 %' }));
    expect((await screen.findByRole('alert')).textContent).toBe('This needs the role admin.');
    expect(screen.getByRole('dialog')).toBeDefined();
  });
});
