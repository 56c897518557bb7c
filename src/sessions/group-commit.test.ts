import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { completedSession } from '../../test/factories.ts';
import { eventOf } from '../../test/session-events.ts';
import { currentIds, inContext } from '../context.ts';
import { groupCommit } from './group-commit.ts';
import type { IngestResult } from './ingest-sessions.ts';
import type { SessionEvent } from './session-event.ts';

const events = (count: number) => Array.from({ length: count }, () => eventOf(completedSession()));

/** A store that keeps each group waiting until it is let go. */
function heldStore() {
  const groups: { events: readonly SessionEvent[]; release: (error?: Error) => void }[] = [];
  const ingest = (group: readonly SessionEvent[]) =>
    new Promise<IngestResult[]>((resolve, reject) => {
      const release = (error?: Error) =>
        error ? reject(error) : resolve(group.map(({ session_id }) => ({ details: { session_id } })));
      groups.push({ events: group, release });
    });
  return { groups, ingest };
}

it('lets an event that finds a lane free go at once, and gathers the others until one is', async () => {
  const { groups, ingest } = heldStore();
  const commits = groupCommit(ingest, () => {});
  const all = events(6);
  const results = all.map((event) => commits.ingest([event]));
  expect(groups.map((group) => group.events.length)).toEqual([1, 1]);
  groups[0]?.release();
  await results[0];
  await setImmediate();
  expect(groups.map((group) => group.events.length)).toEqual([1, 1, 4]);
  for (const { release } of groups) release();
  expect(await Promise.all(results)).toEqual(all.map(({ session_id }) => [{ details: { session_id } }]));
});

it('gives each caller its own results, a batch in one piece, and tells of each group after its commit', async () => {
  const { groups, ingest } = heldStore();
  const committed: number[] = [];
  const commits = groupCommit(ingest, (results) => committed.push(results.length));
  const sizes = [1, 1, 600, 600, 1];
  const callers = sizes.map((size) => commits.ingest(events(size)));
  for (let index = 0; index < 4; index += 1) {
    groups[index]?.release();
    await setImmediate();
  }
  for (const { release } of groups) release();
  expect((await Promise.all(callers)).map(({ length }) => length)).toEqual(sizes);
  expect(groups.map((group) => group.events.length)).toEqual([1, 1, 600, 601]);
  expect(committed.reduce((sum, size) => sum + size, 0)).toBe(1203);
});

it('fails those whose group fails, and nobody else', async () => {
  const { groups, ingest } = heldStore();
  const commits = groupCommit(ingest, () => {});
  const callers = [commits.ingest(events(1)), commits.ingest(events(1))];
  groups[0]?.release(new Error('gone'));
  groups[1]?.release();
  expect((await Promise.allSettled(callers)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

it('sends events away when too many wait', async () => {
  const { ingest } = heldStore();
  const commits = groupCommit(ingest, () => {});
  const many = events(1000);
  for (let index = 0; index < 42; index += 1) void commits.ingest(many);
  await expect(commits.ingest(events(1))).rejects.toMatchObject({ code: 'unavailable' });
});

it('stores in the context of the first request of a group, and says for how many', async () => {
  const { groups, ingest } = heldStore();
  const contexts: object[] = [];
  const told = (group: readonly SessionEvent[]) => {
    contexts.push(currentIds());
    return ingest(group);
  };
  const commits = groupCommit(told, () => contexts.push(currentIds()));
  const results = ['a', 'b', 'c', 'd'].map((request_id) => inContext({ request_id }, () => commits.ingest(events(1))));
  groups[0]?.release();
  await results[0];
  await setImmediate();
  expect(contexts).toEqual([
    { request_id: 'a' },
    { request_id: 'b' },
    { request_id: 'a' },
    { request_id: 'c', requests: 2 },
  ]);
  for (const { release } of groups) release();
  await Promise.all(results);
});
