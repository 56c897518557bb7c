import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { renderInApp } from '../../test/render.tsx';
import { formatAgo, Time } from './time.tsx';

const NOW = new Date('2026-11-21T12:00:00Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long ago something was', () => {
  it.each([
    [-MINUTE, 'just now'],
    [0, 'just now'],
    [MINUTE - SECOND, 'just now'],
    [MINUTE, '1 min ago'],
    [HOUR - SECOND, '59 min ago'],
    [HOUR, '1 h ago'],
    [2 * DAY - SECOND, '47 h ago'],
    [2 * DAY, '2 days ago'],
    [14 * DAY - SECOND, '13 days ago'],
    [14 * DAY, '7 Nov 2026'],
  ])('is, after %i ms, "%s"', (ms, words) => {
    expect(formatAgo(new Date(NOW.getTime() - ms), NOW)).toBe(words);
  });

  it('is no past at all for what is still to come: then the instant itself is told', () => {
    expect(formatAgo(new Date(NOW.getTime() + MINUTE + SECOND), NOW)).toMatch(/^21 Nov 2026, \d\d:01$/);
  });
});

describe('an instant', () => {
  beforeEach(() => vi.stubEnv('TZ', 'Asia/Kolkata'));
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it('is told in the zone of who looks, with its UTC to the second in the title', async () => {
    const shown = await showAnew();
    expect(shown.textContent).toBe('3 Nov 2026, 03:32');
    expect(shown.title).toBe('3 Nov 2026, 03:32 · 2026-11-02 22:02:41 UTC');
    expect(shown.getAttribute('datetime')).toBe('2026-11-02T22:02:41.000Z');
  });
});

test('keeps the exact time at hand where it says how long ago', async () => {
  const at = new Date(Date.now() - 3 * HOUR).toISOString();
  await renderInApp(<Time at={at} as="ago" />);
  expect(screen.getByText('3 h ago').title).toContain(`${at.slice(0, 19).replace('T', ' ')} UTC`);
});

/** With the formats of the zone that is set: they are made when the module is. */
async function showAnew(): Promise<HTMLElement> {
  vi.resetModules();
  const { Time: TimeThere } = await import('./time.tsx');
  const { container } = await renderInApp(<TimeThere at="2026-11-02T22:02:41.000Z" />);
  const shown = container.querySelector('time');
  if (shown === null) throw new Error('no time is shown');
  return shown;
}
