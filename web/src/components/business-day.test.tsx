import { screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../test/answers.ts';
import { renderInApp } from '../../test/render.tsx';
import { signedInAs } from '../../test/users.ts';
import { BusinessDay } from './business-day.tsx';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['Pacific/Kiritimati', '11 Nov 2026'],
  ['Pacific/Honolulu', '10 Nov 2026'],
])('is the day that it is in %s, where the business is', async (business_timezone, words) => {
  answerWith({ 'GET /api/me': { json: { ...signedInAs('coach').json, business_timezone } } });
  await renderInApp(<BusinessDay at="2026-11-10T12:00:00.000Z" />);
  const day = await screen.findByText(words);
  expect(day.title).toContain('2026-11-10 12:00:00 UTC');
});
