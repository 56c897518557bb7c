import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../../../test/answers.ts';
import { openApp } from '../../../test/open-app.tsx';
import { SIGNED_OUT, signedInAs } from '../../../test/users.ts';

describe('an address that leads nowhere', () => {
  it('is shown in the frame to who is signed in', async () => {
    answerWith({ 'GET /api/me': signedInAs('viewer') });
    openApp('/nowhere');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('There is no such page.');
    expect(screen.getByRole('navigation', { name: 'Pages' })).toBeTruthy();
    expect(screen.getAllByRole('main')).toHaveLength(1);
    expect(screen.getAllByRole('link', { name: 'Tutors' })).toHaveLength(2);
  });

  it('leads who is not signed in to the sign-in page, without a frame', async () => {
    answerWith({ 'GET /api/me': SIGNED_OUT });
    openApp('/tutors/one/nowhere');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('There is no such page.');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
  });

  it('is said also while the server is away', async () => {
    answerWith({ 'GET /api/me': 'unreachable' });
    openApp('/nowhere');
    expect(await screen.findByRole('heading', { level: 1 })).toBeTruthy();
  });
});
