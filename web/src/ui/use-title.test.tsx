import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useTitle } from './use-title.ts';

test('names the page in such a way that no name turns round what follows it', () => {
  render(<Titled title={'evil\u202etxt.exe\u2069'} />);
  expect(document.title).toBe('eviltxt.exe · Tutor Quality');
});

function Titled({ title }: { title: string }) {
  useTitle(title);
  return null;
}
