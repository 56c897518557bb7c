import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerWith } from '../../test/answers.ts';
import { renderInApp } from '../../test/render.tsx';
import { SIGNED_OUT } from '../../test/users.ts';
import { PageFailure } from './page-failure.tsx';

const ME = 'GET /api/me';

afterEach(() => vi.restoreAllMocks());

describe('a page that could not be opened', () => {
  it.each([
    'Unable to preload CSS for /assets/reports-page-C2JqZ1jh.css',
    'Failed to fetch dynamically imported module: http://localhost/assets/reports-page-BCzVtirK.js',
    'error loading dynamically imported module: http://localhost/assets/reports-page-BCzVtirK.js',
    'Importing a module script failed.',
  ])('says in our own words that a part of it is missing: %s', async (message) => {
    await open(message);
    expect(screen.getByRole('alert').textContent).toContain('This part of the dashboard could not be loaded.');
    expect(screen.queryByText(message)).toBeNull();
  });

  it('is loaded anew with the missing part once the server answers, and kept until then', async () => {
    const asked = answerWith({});
    const reload = vi.spyOn(window.location, 'reload').mockReturnValue(undefined);
    await open('Importing a module script failed.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(reload).not.toHaveBeenCalled();
    answerWith({ [ME]: SIGNED_OUT });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });

  it('says what went wrong otherwise', async () => {
    await open('The server cannot be reached.');
    expect(screen.getByText('The server cannot be reached.')).toBeTruthy();
  });
});

async function open(message: string) {
  await renderInApp(<PageFailure error={new Error(message)} reset={() => {}} />);
}
