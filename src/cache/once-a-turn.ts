/**
 * One `work` for all who ask in the same turn of the event loop. It begins after the last of them asked, so that each gets
 * what is as new as its own would be; nobody waits for work that is under way.
 */
export function onceATurn<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let next: Promise<Result> | null = null;
  return () => {
    next ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = null;
      return work();
    });
    return next;
  };
}
