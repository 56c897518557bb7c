import { setTimeout as wait } from 'node:timers/promises';
import type { Posts } from './posts.ts';
import type { Sender } from './sender.ts';
import { asked, type Stage } from './stage.ts';

/** Milliseconds from a moment until the next session was answered with 202, and until it was scored. */
export type Recovered = { acceptedMs: number; scoredMs: number };

const LIMIT_MS = 120_000;
const POLL_MS = 20;

/** Posts a session now and looks when it is accepted and when its tutor is scored, as seen from the moment `since`. */
export type RecoveryClock = (since: number, api?: number) => Promise<Recovered>;

export function recoveryClock({ db }: Pick<Stage, 'db'>, posts: Posts, sender: Sender): RecoveryClock {
  return async (since, api) => {
    const body = posts.probe();
    const limit = AbortSignal.timeout(LIMIT_MS);
    const isAccepted = await sender.deliver({ bodies: [body], isBatch: false }, limit, api);
    if (!isAccepted) throw new Error(`nothing was accepted for ${LIMIT_MS / 1000} s`);
    const acceptedMs = Date.now() - since;
    while (!(await isScored(body.tutor_id))) {
      if (limit.aborted) throw new Error(`a session was not scored for ${LIMIT_MS / 1000} s`);
      await wait(POLL_MS);
    }
    return { acceptedMs, scoredMs: Date.now() - since };
  };

  async function isScored(tutorId: string): Promise<boolean> {
    const score = await asked(() =>
      db.selectFrom('tutor_scores').select('total_sessions_90d').where('tutor_id', '=', tutorId).executeTakeFirst(),
    );
    return score?.total_sessions_90d === 1;
  }
}
