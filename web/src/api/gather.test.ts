import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather } from './gather.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('acts at once, and once more for all who asked within a burst', async () => {
  const action = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const ask = gather(action);
  for (let asked = 0; asked < 10; asked += 1) ask();
  expect(action).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(action).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(action).toHaveBeenCalledTimes(2);
});

test('waits for a slow answer before it asks again, whoever asks meanwhile', async () => {
  let answer = () => {};
  const action = vi.fn<() => Promise<void>>(() => new Promise<void>((resolve) => (answer = resolve)));
  const ask = gather(action);
  ask();
  for (let second = 0; second < 5; second += 1) {
    ask();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(action).toHaveBeenCalledTimes(1);
  answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(action).toHaveBeenCalledTimes(2);
});

test('goes on after a failure', async () => {
  const action = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('no answer')));
  const ask = gather(action);
  ask();
  await vi.advanceTimersByTimeAsync(1000);
  ask();
  expect(action).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
});
