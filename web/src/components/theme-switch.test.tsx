import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThemeSwitch } from './theme-switch.tsx';

const root = document.documentElement;

beforeEach(forget);
afterEach(() => {
  vi.unstubAllGlobals();
  forget();
});

describe('the switch of the theme', () => {
  it('goes from the system’s to light, to dark, and back', async () => {
    render(<ThemeSwitch />);
    expect(shown()).toEqual(['Theme: system. Change to light', undefined]);
    await userEvent.click(screen.getByRole('button'));
    expect(shown()).toEqual(['Theme: light. Change to dark', 'light']);
    await userEvent.click(screen.getByRole('button'));
    expect(shown()).toEqual(['Theme: dark. Change to system', 'dark']);
    await userEvent.click(screen.getByRole('button'));
    expect(shown()).toEqual(['Theme: system. Change to light', undefined]);
  });

  it('is kept in this browser, and applied before the next page is drawn', async () => {
    render(<ThemeSwitch />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.click(screen.getByRole('button'));
    cleanup();
    delete root.dataset['theme'];
    await vi.importActual('../../public/theme.js');
    render(<ThemeSwitch />);
    expect(shown()).toEqual(['Theme: dark. Change to system', 'dark']);
    await userEvent.click(screen.getByRole('button'));
    expect(localStorage.length).toBe(0);
  });

  it('holds on its page where nothing can be kept', async () => {
    vi.stubGlobal('localStorage', CLOSED);
    render(<ThemeSwitch />);
    await userEvent.click(screen.getByRole('button'));
    expect(shown()).toEqual(['Theme: light. Change to dark', 'light']);
  });
});

/** Storage that is refused, as a browser without cookies refuses it. */
const CLOSED = {
  setItem: () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  },
};

function shown() {
  return [screen.getByRole('button').getAttribute('aria-label'), root.dataset['theme']];
}

function forget(): void {
  localStorage.clear();
  delete root.dataset['theme'];
}
