import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Body, movedSession } from '../factories.ts';
import { postSession, TEST_KEY } from '../http.ts';
import { programs } from '../processes.ts';

const SENDERS = 32;
const KILL_AFTER = 300;

const app = programs();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const startApi = async () => {
  const api = await app.start(['api'], {
    DATABASE_URL: database.connectionString,
    API_KEY: TEST_KEY,
    LOG_LEVEL: 'warn',
  });
  return { api, address: await api.says(/runs at (http:\S+)/) };
};

/** How a sender sees it: a 202, or no answer. */
type Posted = { body: Body; isAccepted: boolean };

test('an API that is killed under load has stored every session that it accepted, once and whole', async () => {
  const { api, address } = await startApi();
  const posted: Posted[] = [];
  const answers = new Set<string>();
  let accepted = 0;
  let isKilled = false;
  const send = async (): Promise<void> => {
    while (!isKilled) {
      const body = movedSession();
      const answer = await postSession(address, body).catch(() => null);
      if (answer !== null) answers.add(`${answer.status} ${answer.outcome}`);
      posted.push({ body, isAccepted: answer !== null });
      accepted += answer === null ? 0 : 1;
      if (accepted < KILL_AFTER || isKilled) continue;
      isKilled = true;
      await api.kill();
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  expect(accepted).toBeGreaterThanOrEqual(KILL_AFTER);
  expect([...answers]).toEqual(['202 created']);

  const { rows } = await sql<{ id: string; moves: number; marks: number }>`
    select s.id, count(distinct r.id) as moves, count(distinct m.tutor_id) as marks
      from sessions s
      left join reschedules r on r.session_id = s.id
      left join tutors_to_rescore m on m.tutor_id = s.tutor_id
     group by s.id
  `.execute(database.db);
  const stored = new Set(rows.map(({ id }) => id));
  expect(posted.filter(({ body, isAccepted }) => isAccepted && !stored.has(body.session_id))).toEqual([]);
  expect(rows.filter(({ moves, marks }) => moves !== 1 || marks !== 1)).toEqual([]);

  const next = await startApi();
  const unanswered = posted.filter(({ isAccepted }) => !isAccepted);
  expect(unanswered.length).toBeLessThanOrEqual(SENDERS);
  for (const { body } of unanswered) {
    const outcome = stored.has(body.session_id) ? 'unchanged' : 'created';
    expect(await postSession(next.address, body)).toEqual({ status: 202, outcome });
  }
  expect((await database.db.selectFrom('sessions').select('id').execute()).length).toBe(posted.length);
  expect(await next.api.stop('SIGTERM')).toMatchObject({ code: 0 });
});
