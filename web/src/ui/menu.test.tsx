import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Menu } from './menu.tsx';

describe('a menu', () => {
  it('opens by its button, and closes by it', async () => {
    const { button, isOpen } = show();
    expect(isOpen()).toBe(false);
    await userEvent.click(button);
    expect(isOpen()).toBe(true);
    await userEvent.click(button);
    expect(isOpen()).toBe(false);
  });

  it('closes with Escape, and gives the focus back to its button', async () => {
    const { button, isOpen } = show();
    await userEvent.click(button);
    screen.getByRole('button', { name: 'Within' }).focus();
    await userEvent.keyboard('{Escape}');
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(button);
  });

  it('stays open for a click and a focus within it', async () => {
    const { button, isOpen } = show();
    await userEvent.click(button);
    await userEvent.click(screen.getByRole('button', { name: 'Within' }));
    expect(isOpen()).toBe(true);
  });

  it('closes with a click elsewhere, and leaves the focus to it', async () => {
    const { button, isOpen } = show();
    await userEvent.click(button);
    const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
    await userEvent.click(elsewhere);
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(elsewhere);
  });

  it('closes with a click on what takes no focus', async () => {
    const { button, isOpen } = show();
    await userEvent.click(button);
    await userEvent.click(screen.getByText('Words'));
    expect(isOpen()).toBe(false);
  });

  it('closes when the focus goes elsewhere by keyboard', async () => {
    const { button, isOpen } = show();
    await userEvent.click(button);
    screen.getByRole('button', { name: 'Elsewhere' }).focus();
    expect(isOpen()).toBe(false);
  });

  it('takes no focus by an Escape that is meant for something else', async () => {
    show();
    const elsewhere = screen.getByRole('button', { name: 'Elsewhere' });
    elsewhere.focus();
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(elsewhere);
  });
});

function show() {
  const { container } = render(
    <>
      <Menu name="Columns" label="Columns">
        <button type="button">Within</button>
      </Menu>
      <button type="button">Elsewhere</button>
      <p>Words</p>
    </>,
  );
  const isOpen = () => container.querySelector('details')?.open;
  return { button: screen.getByLabelText('Columns'), isOpen };
}
