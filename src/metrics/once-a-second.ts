const SECOND_MS = 1000;

/** Does `work` at most once a second: who asks sooner, or meanwhile, gets the same answer. */
export function onceASecond<Answer>(
  work: () => Promise<Answer>,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let last: { at: number; answer: Promise<Answer> } | null = null;
  return () => {
    if (last === null || now() - last.at >= SECOND_MS) last = { at: now(), answer: work() };
    return last.answer;
  };
}
