import type { Db } from '../database/connection.ts';
import { countDisagreements, countOrphans, countWrongEvidence, countWrongFlags } from './verify-queries.ts';

export type DatabaseCheck = { check: string; faults: number };

/** Looks at what is stored as a stranger would: does it hang together, and do scores equal a recount? */
export async function verifyDatabase(db: Db): Promise<DatabaseCheck[]> {
  const { sessions, reschedules, scores } = await countOrphans(db);
  return [
    { check: 'every session has its tutor', faults: sessions },
    { check: 'every reschedule has its session, tutor and original time', faults: reschedules },
    { check: 'every tutor has a score', faults: scores },
    { check: 'every score equals a recount of its windows', faults: await countDisagreements(db) },
    { check: 'evidence rests on these counts, without days of a common cause', faults: await countWrongEvidence(db) },
    { check: 'a flag is open for just those who are confirmed or on watch', faults: await countWrongFlags(db) },
  ];
}
