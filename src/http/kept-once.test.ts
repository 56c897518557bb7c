import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestApp } from '../../test/app.ts';
import { completedSession } from '../../test/factories.ts';
import { openAnswers } from '../cache/answers.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date();
const clock = () => Promise.resolve(NOW);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An API, and what is called whenever something is worked out for it. */
async function openCounting() {
  const answers = openAnswers(null);
  const worked = vi.fn<() => void>();
  const app = await createTestApp({
    clock,
    answers: (asked, work) =>
      answers(asked, () => {
        worked();
        return work();
      }),
  });
  closing.push(() => app.close());
  return { app, worked };
}

describe('what is kept', () => {
  it('is worked out once for twenty who ask at once, and not again for the next', async () => {
    const { app, worked } = await openCounting();
    const url = `/api/tutors?as_of=${new Date(NOW.getTime() - 2 * DAY_MS).toISOString().slice(0, 10)}`;
    const all = await Promise.all(Array.from({ length: 20 }, () => app.send({ url })));
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect((await app.send({ url: `${url}&limit=100` })).body).toBe(all[0]?.body);
    // The page and the counts beside it.
    expect(worked).toHaveBeenCalledTimes(2);
  });

  it('is the same count for all pages and orders of a choice, and another one after a change', async () => {
    const { app, worked } = await openCounting();
    await app.send({ method: 'POST', url: '/api/sessions', payload: completedSession() });
    const totalOf = async (query: string) => (await app.send({ url: `/api/tutors?search=a${query}` })).json().total;
    const before = await totalOf('');
    expect(worked).toHaveBeenCalledTimes(2);
    expect([await totalOf('&offset=50'), await totalOf('&sort_by=name&sort_order=asc')]).toEqual([before, before]);
    expect(worked).toHaveBeenCalledTimes(4);
    await app.send({ method: 'PUT', url: `/api/tutors/${randomUUID()}`, payload: { name: 'Ada' } });
    expect(await totalOf('&offset=50')).toBe(before + 1);
    expect(worked).toHaveBeenCalledTimes(6);
  });

  it('is about now for a minute at most', async () => {
    let now = NOW;
    const app = await createTestApp({ clock: () => Promise.resolve(now) });
    closing.push(() => app.close());
    const asOf = async () => (await app.send({ url: '/api/overview' })).json().as_of;
    expect(await asOf()).toBe(NOW.toISOString());
    now = new Date(NOW.getTime() + 60_000);
    expect(await asOf()).toBe(now.toISOString());
  });

  it('is no failure: a tutor that comes is there', async () => {
    const app = await createTestApp({ clock });
    closing.push(() => app.close());
    const url = `/api/tutors/${randomUUID()}`;
    expect((await app.send({ url })).statusCode).toBe(404);
    await app.send({ method: 'PUT', url, payload: { name: 'Dee' } });
    expect((await app.send({ url })).statusCode).toBe(200);
  });
});
