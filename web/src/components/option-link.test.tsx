import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderInApp } from '../../test/render.tsx';
import { OptionLink } from './option-link.tsx';

test('calls the chosen one of a few current, though each of them leads to the page that is open', async () => {
  const words = ['7 days', '30 days', 'All'] as const;
  await renderInApp(
    words.map((each) => (
      <OptionLink key={each} to="/tutors" isChosen={each === '30 days'}>
        {each}
      </OptionLink>
    )),
    '/tutors',
  );
  expect(words.map((name) => screen.getByRole('link', { name }).getAttribute('aria-current'))).toEqual([
    null,
    'true',
    null,
  ]);
});
