/** So many answers are kept at once. */
const MOST_KEPT = 100;

/** Works out each answer once, also when two ask at the same time. What failed is tried again by the next one. */
export function onceEach<Answer>(work: (question: number) => Promise<Answer>): (question: number) => Promise<Answer> {
  const answers = new Map<number, Promise<Answer>>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    if (answers.size >= MOST_KEPT) answers.clear();
    const answer = work(question);
    answers.set(question, answer);
    answer.catch(() => answers.delete(question));
    return answer;
  };
}

/** Something that was worked out, of which state of the data, and when. */
type Kept<Value> = { version: string; asOf: Date; value: Promise<Value> };

/** How long a value is held whatever happens, and how long while nothing does. */
type Times = { leastMs: number; mostMs: number };

/**
 * Holds one value: for `leastMs` also when the data change all the time, and for `mostMs` while they have the same
 * version. Who asks while it is being worked out waits for the same. What failed is not held.
 */
export function keepWhileSame<Value>(
  { leastMs, mostMs }: Times,
  work: (asOf: Date) => Promise<Value>,
): (version: string, asOf: Date) => Promise<Value> {
  let kept: Kept<Value> | null = null;
  return (version, asOf) => {
    if (kept !== null) {
      const age = asOf.getTime() - kept.asOf.getTime();
      if (age < (kept.version === version ? mostMs : leastMs)) return kept.value;
    }
    const next = { version, asOf, value: work(asOf) };
    kept = next;
    next.value.catch(() => {
      if (kept === next) kept = null;
    });
    return next.value;
  };
}
