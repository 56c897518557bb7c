import { LRUCache } from 'lru-cache';
import type { SharedRedis } from '../redis/shared-redis.ts';
import { openGate } from './gate.ts';
import { type KeptAnswer, keptInRedis } from './kept-in-redis.ts';

/** `version` says of which state of the data the answer is to be, or of a newer one. */
type Asked = { question: string; version: string; isSlow: boolean };
export type Answers = (asked: Asked, work: () => Promise<string>) => Promise<string>;

const KEPT_MS = 5 * 60_000;
/** Characters; half as many bytes or as many, as the text may be. */
const MOST_KEPT = 32 * 1024 * 1024;
const LONGEST_KEPT = 4 * 1024 * 1024;
/** More would take connections and processor time from those who post sessions. */
const SLOW_AT_ONCE = 1;
const MOST_WAITING = 100;

/**
 * Keeps answers for five minutes, in this process and, with Redis, for all of them. A kept one is given only to who asks
 * for its very version. Those who ask the same at once share one computation; slow ones go one by one.
 */
export function openAnswers(redis: SharedRedis | null): Answers {
  const own = new LRUCache<string, KeptAnswer>({
    maxSize: MOST_KEPT,
    maxEntrySize: LONGEST_KEPT,
    sizeCalculation: ({ text }) => text.length + 1,
    ttl: KEPT_MS,
  });
  const shared = redis === null ? null : keptInRedis(redis, KEPT_MS);
  const underway = new Map<string, Promise<string>>();
  const gate = openGate(SLOW_AT_ONCE, MOST_WAITING);

  const find = async ({ question, version, isSlow }: Asked, work: () => Promise<string>): Promise<string> => {
    const kept = await shared?.get(question);
    if (kept?.version === version) {
      own.set(question, kept);
      return kept.text;
    }
    const text = await (isSlow ? gate(work) : work());
    own.set(question, { version, text });
    // Nobody waits for that, and nothing is lost with it.
    void shared?.set(question, { version, text }).catch(() => {});
    return text;
  };

  return async (asked, work) => {
    const kept = own.get(asked.question);
    if (kept?.version === asked.version) return kept.text;
    const key = `${asked.version} ${asked.question}`;
    const before = underway.get(key);
    if (before !== undefined) return before;
    const finding = find(asked, work).finally(() => underway.delete(key));
    underway.set(key, finding);
    return finding;
  };
}
