import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Dialog } from './dialog.tsx';

describe('a dialog', () => {
  it('is named by its title, and open as soon as it is there', async () => {
    await open();
    expect(screen.getByRole('dialog', { name: 'Report about Maria' })).toHaveProperty('open', true);
  });

  it.each([
    ['Escape', () => fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))],
    ['its button', () => userEvent.click(screen.getByRole('button', { name: 'Close' }))],
  ])('closes with %s, and gives the focus back to what opened it', async (_words, close) => {
    const opener = await open();
    screen.getByRole('button', { name: 'Close' }).focus();
    await close();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it('leaves it to the page whether Escape closes it', async () => {
    render(
      <Dialog title="Kept open" onClose={() => {}}>
        …
      </Dialog>,
    );
    const isLeftToBrowser = fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(isLeftToBrowser).toBe(false);
    expect(screen.getByRole('dialog')).toHaveProperty('open', true);
  });
});

/** As a browser does for Escape, the tests send it a `cancel`. */
async function open(): Promise<HTMLElement> {
  render(<Opener />);
  const opener = screen.getByRole('button', { name: 'Open' });
  await userEvent.click(opener);
  return opener;
}

function Opener() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      {isOpen && (
        <Dialog title="Report about Maria" onClose={() => setIsOpen(false)}>
          …
        </Dialog>
      )}
    </>
  );
}
