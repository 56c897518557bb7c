import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Changing } from './changing.tsx';

test('tints a figure when it changes, and not when it is shown first', () => {
  const { container, rerender } = render(<Changing value="9" />);
  expect(container.querySelector('.changed')).toBeNull();
  rerender(<Changing value="9" />);
  expect(container.querySelector('.changed')).toBeNull();
  rerender(<Changing value="10" />);
  expect(container.querySelector('.changed')?.textContent).toBe('10');
});
