import { setTimeout as wait } from 'node:timers/promises';
import type { Posts } from './posts.ts';
import type { Sender } from './sender.ts';

export type Load = {
  /** Posts nothing new, and waits until all that was posted is accepted. */
  stop(): Promise<void>;
  /** Posts no more, whatever was accepted. */
  abandon(): Promise<void>;
};

const CLIENTS = 6;
const ACCEPTED_MS = 60_000;

/** Several clients that post at once, `perSecond` requests in all while they are answered soon. */
export function startLoad(posts: Posts, sender: Sender, perSecond: number): Load {
  const stopping = new AbortController();
  const giveUp = new AbortController();
  const client = async (): Promise<boolean> => {
    while (!stopping.signal.aborted) {
      if (!(await sender.deliver(posts.next(), giveUp.signal))) return false;
      await wait((1000 * CLIENTS) / perSecond, undefined, { signal: stopping.signal }).catch(() => {});
    }
    return true;
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  return {
    abandon: async () => {
      stopping.abort();
      giveUp.abort();
      await clients;
    },
    stop: async () => {
      stopping.abort();
      const timer = setTimeout(() => giveUp.abort(), ACCEPTED_MS);
      const done = await clients;
      clearTimeout(timer);
      if (!done.every(Boolean)) throw new Error('a minute after the last fault something is still not accepted');
    },
  };
}
