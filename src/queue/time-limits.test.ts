import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TimeLimits, withTimeLimits } from './time-limits.ts';

describe('a job under time limits', () => {
  const givenUp: string[] = [];
  const limits: TimeLimits = { softMs: 100, hardMs: 200, onHardLimit: (job) => givenUp.push(job) };

  beforeEach(() => {
    givenUp.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('hands back what it returns, and is forgotten', async () => {
    expect(await withTimeLimits('count', limits, async () => 42)).toBe(42);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('fails as it fails, and is forgotten', async () => {
    const failing = withTimeLimits('count', limits, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is asked to stop at the soft limit and given up at the hard one', async () => {
    const { signal, end, running } = start(limits);
    vi.advanceTimersByTime(99);
    expect(signal().aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal().reason).toEqual(new Error('count took longer than 100 ms'));
    vi.advanceTimersByTime(99);
    expect(givenUp).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(givenUp).toEqual(['count']);
    end();
    await running;
  });

  test('is asked to stop before the soft limit when its process stops', async () => {
    const stopping = new AbortController();
    const { signal, end, running } = start(limits, stopping.signal);
    stopping.abort(new Error('stopping'));
    expect(signal().reason).toEqual(new Error('stopping'));
    end();
    await running;
    expect(givenUp).toEqual([]);
  });
});

/** A job that runs until `end`. */
function start(limits: TimeLimits, stop?: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let seen = new AbortController().signal;
  const run = (signal: AbortSignal) => {
    seen = signal;
    return promise;
  };
  return { running: withTimeLimits('count', limits, run, stop), signal: () => seen, end: resolve };
}
