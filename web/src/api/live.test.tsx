import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { answerWith } from '../../test/answers.ts';
import { exampleOverview } from '../../test/example-overview.ts';
import { openApp } from '../../test/open-app.tsx';
import { signedInAs } from '../../test/users.ts';

afterEach(() => vi.unstubAllGlobals());

/** Opens the dashboard, and counts how many streams of changes it opens. */
async function open(address: string): Promise<() => number> {
  answerWith({ 'GET /api/me': signedInAs('coach'), 'GET /api/overview': { json: exampleOverview() } });
  openApp(address);
  const streams: EventTarget[] = [];
  class Stream extends EventTarget {
    constructor() {
      super();
      streams.push(this);
    }
    close(): void {}
  }
  vi.stubGlobal('EventSource', Stream);
  await screen.findByRole('heading', { name: 'Who first' });
  return () => streams.length;
}

test('hears of changes while it shows how things are', async () => {
  const streams = await open('/');
  await waitFor(() => expect(streams()).toBe(1));
});

test('hears of none while it shows a past day, which does not change', async () => {
  const streams = await open('/?as_of=2026-10-03');
  expect(streams()).toBe(0);
  expect(screen.getByLabelText(/^3 Oct 2026\. Choose a past day$/)).toBeDefined();
});
