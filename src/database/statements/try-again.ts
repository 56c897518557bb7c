import { type Failure, failureOf } from './failures.ts';

const MAX_TRIES = 5;

/** Runs a transaction anew when it fails for a reason that passes: by itself, one that was undone for another's sake. */
export async function tryAgain<Result>(
  run: () => Promise<Result>,
  passing: readonly Failure[] = ['try_again'],
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!passing.includes(failureOf(error)) || tries === MAX_TRIES) throw error;
    }
  }
}
