import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { verifyDatabase } from '../../../src/synthetic/verify.ts';
import type { ExpectedSession, Model } from './model.ts';
import { asked, RECIPIENTS, type Stage } from './stage.ts';

const SHOWN = 5;

/** What is not as it must be, in words; empty when all is well. */
export type Problems = string[];

/** Holds what is stored against what was accepted. */
export async function verifyStored({ db }: Stage, model: Model): Promise<Problems> {
  const checks = await asked(() => verifyDatabase(db));
  const broken = checks.filter(({ faults }) => faults > 0).map(({ check, faults }) => `${faults} times not: ${check}`);
  return [
    ...broken,
    ...differences('session', model.sessions(), await asked(() => storedSessions(db))),
    ...differences('tutor', model.tutors(), await asked(() => storedTutors(db))),
    ...(await reportProblems(db, model.reported())),
  ];
}

function differences<Value>(what: string, expected: Map<string, Value>, stored: Map<string, Value>): Problems {
  const ids = new Set([...expected.keys(), ...stored.keys()]);
  const wrong = [...ids].filter((id) => !isDeepStrictEqual(expected.get(id), stored.get(id)));
  const shown = wrong.slice(0, SHOWN).map((id) => {
    return `${what} ${id} should be ${JSON.stringify(expected.get(id))}, is ${JSON.stringify(stored.get(id))}`;
  });
  return wrong.length > SHOWN ? [...shown, `and ${wrong.length - SHOWN} more of these`] : shown;
}

type SessionRow = Omit<ExpectedSession, 'scheduled_time' | 'completed_time' | 'occurred_at' | 'reschedule'> & {
  id: string;
  scheduled_time: Date;
  completed_time: Date | null;
  occurred_at: Date;
  initiator: string | null;
  new_time: Date | null;
  reason: string | null;
  cancelled_at: Date | null;
};

async function storedSessions(db: Stage['db']): Promise<Map<string, ExpectedSession>> {
  const { rows } = await sql<SessionRow>`
    select s.id, s.tutor_id, s.student_id, s.scheduled_time, s.status, s.completed_time, s.duration_minutes,
           s.occurred_at, r.initiator, r.new_time, r.reason, r.cancelled_at
      from sessions s
      left join reschedules r on r.session_id = s.id
  `.execute(db);
  return new Map(
    rows.map(({ id, initiator, new_time, reason, cancelled_at, ...row }) => [
      id,
      {
        ...row,
        scheduled_time: row.scheduled_time.toISOString(),
        completed_time: isoOf(row.completed_time),
        occurred_at: row.occurred_at.toISOString(),
        reschedule:
          initiator === null
            ? null
            : { initiator, new_time: isoOf(new_time), reason, cancelled_at: isoOf(cancelled_at) },
      },
    ]),
  );
}

async function storedTutors(db: Stage['db']): Promise<Map<string, string>> {
  const rows = await db.selectFrom('tutors').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function reportProblems(db: Stage['db'], reported: Set<string>): Promise<Problems> {
  const rows = await asked(() =>
    db.selectFrom('email_reports').select(['session_id', 'recipient_email', 'status', 'error_message']).execute(),
  );
  const wanted = new Set([...reported].flatMap((id) => RECIPIENTS.map((recipient) => `${id} ${recipient}`)));
  const made = rows.map(({ session_id, recipient_email }) => `${session_id} ${recipient_email}`);
  const unfinished = rows.filter(({ status, error_message }) => {
    return status !== 'sent' && !(status === 'failed' && error_message !== null);
  });
  const isMade = new Set(made);
  const missing = [...wanted].filter((report) => !isMade.has(report)).length;
  const strange = made.filter((report) => !wanted.has(report)).length;
  return [
    ...(unfinished.length > 0 ? [`${unfinished.length} reports are neither sent nor failed with a reason`] : []),
    ...(missing > 0 ? [`${missing} reports were not made`] : []),
    ...(strange > 0 ? [`${strange} reports should not be there`] : []),
    ...(made.length > isMade.size ? [`${made.length - isMade.size} reports were made twice`] : []),
  ];
}

function isoOf(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
