import { AppError } from '../errors.ts';

export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets so much work through at a time, in the order in which it came.
 *
 * @throws AppError `unavailable` when too much waits already
 */
export function openGate(atOnce: number, mostWaiting: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const enter = async () => {
    if (inside >= atOnce) {
      if (waiting.length >= mostWaiting)
        throw new AppError('unavailable', 'Too many slow questions are asked at once. Try again in a few seconds.');
      // Whoever leaves hands the place on, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else inside += 1;
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
