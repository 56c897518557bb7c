import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sessionBody } from '../../../src/contract/sessions.ts';
import { renderInApp } from '../../test/render.tsx';
import { NoTutorsYet } from './no-tutors-yet.tsx';

test('shows a request that this server takes, with the key left to the shell', async () => {
  await renderInApp(<NoTutorsYet />);
  const command = screen.getByText(/^curl/).textContent;
  expect(command).toContain(`${window.location.origin}/api/sessions`);
  expect(command).toContain('"x-api-key: $API_KEY"');
  const body: unknown = JSON.parse(/-d '(.+)'$/.exec(command)?.[1] ?? '');
  expect(sessionBody.safeParse(body).error).toBeUndefined();
});

test('says how a file of sessions is read', async () => {
  await renderInApp(<NoTutorsYet />);
  expect(screen.getByText('npm run import -- sessions.csv')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Copy the command' })).toBeDefined();
});
