import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { asked, type Stage } from './stage.ts';

const LIMIT_MS = 180_000;
const POLL_MS = 500;

type Left = { to_score: number; undecided: number; unsent: number };

/**
 * Waits until nothing is left to do, with nobody harming anything. Minutes that reports and tutors would have to wait
 * are taken away, and so is the rest of a claim that no living sender can hold any more.
 *
 * @throws Error naming what is left when that takes longer than three minutes
 */
export async function settle({ db }: Stage): Promise<void> {
  const until = Date.now() + LIMIT_MS;
  for (;;) {
    const left = await asked(() => whatIsLeft(db));
    if (left.to_score + left.undecided + left.unsent === 0) return;
    if (Date.now() > until) throw new Error(`after ${LIMIT_MS / 1000} s there is still work: ${JSON.stringify(left)}`);
    await asked(() => letTimePass(db));
    await wait(POLL_MS);
  }
}

async function whatIsLeft(db: Stage['db']): Promise<Left> {
  const { rows } = await sql<Left>`
    select (select count(*) from tutors_to_rescore) as to_score,
           (select count(*) from sessions where reports_decided_at is null) as undecided,
           (select count(*) from email_reports where status in ('pending', 'sending')) as unsent
  `.execute(db);
  const [left] = rows;
  if (left === undefined) throw new Error('a count returned no row');
  return left;
}

/** An attempt ends after 30 s, a claim of 2 minutes that has less than 80 s to go has none: its sender is gone. */
async function letTimePass(db: Stage['db']): Promise<void> {
  await sql`
    update email_reports
       set next_attempt_at = case when status = 'pending' then now() - interval '11 s' end,
           claimed_until = case when status = 'sending' then now() - interval '11 s' end
     where status = 'pending' and next_attempt_at > now()
        or status = 'sending' and claimed_until between now() and now() + interval '80 s'
  `.execute(db);
  await sql`update tutors_to_rescore set retry_at = now() where retry_at > now()`.execute(db);
}
