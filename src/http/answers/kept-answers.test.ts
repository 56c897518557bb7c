import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { completedSession, hoursAgo, movedSession } from '../../../test/factories.ts';
import { collectLog } from '../../../test/logs.ts';
import { type RedisServer, startRedis } from '../../../test/redis-server.ts';
import { openAnswers } from '../../cache/answers.ts';
import { clearAll } from '../../database/clear-queries.ts';
import { databaseClock } from '../../database/clock.ts';
import { eraseStudent } from '../../privacy/erase-student.ts';
import { eraseTutor } from '../../privacy/erase-tutor.ts';
import { openSharedRedis } from '../../redis/shared-redis.ts';
import { recalculateAll } from '../../tutors/recalculate-all.ts';

const HOUR_MS = 60 * 60 * 1000;
/** After all that happens here, whose times are real ones, so that it stands still for who asks. */
const NOW = new Date(Date.now() + HOUR_MS);
const clock = () => Promise.resolve(NOW);
const dayBefore = (days: number) => new Date(NOW.getTime() - days * 24 * HOUR_MS).toISOString().slice(0, 10);

const TUTORS = ['Ada', 'Bob', 'Cyd'].map((name) => ({ id: randomUUID(), name }));
const SESSIONS = Array.from({ length: 6 }, () => randomUUID());

/** Two processes that keep answers, and one that asks the database each time. */
type Marketplace = { keeping: [TestApp, TestApp]; asking: TestApp };
type Reading = { keeping: readonly TestApp[]; asking: TestApp };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function openMarketplace(server?: RedisServer): Promise<Marketplace> {
  const asking = await createTestApp({ clock, answers: (_, work) => work() });
  closing.push(() => asking.close());
  const open = async () => {
    const prefix = `${randomUUID()}:`;
    const redis = server === undefined ? null : openSharedRedis(server.url, prefix, collectLog().log);
    const app = await createTestApp({ clock, answers: openAnswers(redis) }, asking);
    closing.push(
      () => app.close(),
      async () => redis?.close(),
    );
    return app;
  };
  return { keeping: [await open(), await open()], asking };
}

const tutor = (index: number) => TUTORS[index % TUTORS.length] ?? { id: '', name: '' };

/** What anybody may do to the data, through a door, in another process, by a command or by hand. */
const WRITES: Record<string, (at: Marketplace, chosen: number) => Promise<unknown>> = {
  'a session is posted': ({ keeping: [one] }, chosen) => post(one, chosen, hoursAgo(1 + (chosen % 5) * 50)),
  'a session is posted elsewhere': ({ keeping: [, other] }, chosen) => post(other, chosen, hoursAgo(2 + chosen)),
  'a move is posted': ({ asking }, chosen) =>
    asking.send({
      method: 'POST',
      url: '/api/sessions',
      payload: movedSession({ tutor_id: tutor(chosen).id, scheduled_time: hoursAgo(30 * (1 + (chosen % 4))) }),
    }),
  'a tutor gets another name': ({ keeping: [one] }, chosen) =>
    one.send({ method: 'PUT', url: `/api/tutors/${tutor(chosen).id}`, payload: { name: `Name ${chosen}` } }),
  'the threshold changes': ({ keeping: [, other] }, chosen) =>
    other.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 1 + (chosen % 40) } }),
  'a worker scores': ({ asking }) => asking.work(),
  'all are recalculated': ({ asking: { db } }) => recalculateAll(db, databaseClock, () => {}),
  'a report is sent': ({ asking: { db } }) =>
    sql`update email_reports set status = 'sent', sent_at = now(), provider = 'outbox', next_attempt_at = null`.execute(
      db,
    ),
  'a day is named': ({ asking: { db } }, chosen) =>
    sql`insert into marketplace_days (day, starts_at, ends_at, sessions, reschedules, tutors, movers, is_far_above,
                                      has_common_cause)
        select d, d, d + 1, 9, 5, 3, 2, true, ${chosen % 2 === 0} from (select current_date - ${chosen % 5}::integer) as n (d)
            on conflict (day) do update set has_common_cause = excluded.has_common_cause`.execute(db),
  'a session of days ago is put in by hand': ({ asking: { db } }, chosen) =>
    sql`insert into sessions (id, tutor_id, student_id, scheduled_time, reported_time, status, occurred_at)
        select gen_random_uuid(), id, 'late', t.at, t.at, 'no_show', t.at
          from tutors, (select now() - make_interval(hours => 100 + ${chosen}::integer) as at) t
    `.execute(db),
  'a session is corrected by hand': ({ asking: { db } }, chosen) =>
    sql`update sessions set student_id = ${`by hand ${chosen}`}`.execute(db),
  'a student is erased': ({ asking: { db } }) => db.transaction().execute((tx) => eraseStudent(tx, 's-1')),
  'a tutor is erased': ({ asking: { db } }, chosen) =>
    db.transaction().execute((tx) => eraseTutor(tx, tutor(chosen).id)),
  'everything is cleared away': ({ asking: { db } }) => clearAll(db),
};

function post(app: TestApp, chosen: number, scheduled_time: string) {
  const { id, name } = tutor(chosen);
  const session_id = SESSIONS[chosen % SESSIONS.length] ?? '';
  const payload = completedSession({
    session_id,
    tutor_id: id,
    tutor: { name },
    scheduled_time,
    occurred_at: hoursAgo(0),
  });
  return app.send({ method: 'POST', url: '/api/sessions', payload });
}

const READS = (chosen: number) => {
  const one = `/api/tutors/${tutor(chosen).id}`;
  const past = `as_of=${dayBefore(1 + (chosen % 4))}`;
  return [
    '/api/tutors',
    `/api/tutors?${past}`,
    `/api/tutors?sort_by=evidence&risk_status=high_risk`,
    `/api/tutors.csv?${past}`,
    '/api/overview',
    `/api/overview?window_days=7&${past}`,
    one,
    `${one}?${past}`,
    `${one}/rates?days=7`,
    `${one}/history?${past}`,
    `${one}/evidence`,
    `${one}/insights?${past}`,
    '/api/funnel',
    `/api/funnel?${past}`,
  ];
};

/** All answers, as those give them who keep them and the one who does not. */
async function expectAlike({ keeping, asking }: Reading, urls: readonly string[], after: string): Promise<void> {
  for (const url of urls) {
    const fresh = await asking.send({ url });
    for (const app of keeping) {
      const { statusCode, body, headers } = await app.send({ url });
      expect({ after, url, statusCode, body }).toEqual({ after, url, statusCode: fresh.statusCode, body: fresh.body });
      expect(headers['content-type']).toBe(fresh.headers['content-type']);
    }
  }
}

const steps = fc.array(
  fc.record({
    write: fc.constantFrom(...Object.keys(WRITES)),
    chosen: fc.nat(29),
    reads: fc.uniqueArray(fc.nat(13), { minLength: 2, maxLength: 3 }),
  }),
  { minLength: 6, maxLength: 12 },
);

describe.each([
  { where: 'in the process', withRedis: false },
  { where: 'in Redis', withRedis: true },
])('answers that are kept $where', ({ withRedis }) => {
  const isMissing = withRedis && inject('redisUrl') === null;
  const open = async () => {
    if (!withRedis) return openMarketplace();
    const server = await startRedis();
    closing.push(() => server.kill());
    return openMarketplace(server);
  };

  it.skipIf(isMissing)('are those of the database whoever changes what, and whatever is read between', async () => {
    const marketplace = await open();
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        for (const { write, chosen, reads } of taken) {
          await WRITES[write]?.(marketplace, chosen);
          const urls = READS(chosen);
          await expectAlike(
            marketplace,
            reads.flatMap((index) => urls[index] ?? []),
            write,
          );
        }
      }),
      // Each run of the tests draws another one; every kind of change is tried below.
      { numRuns: 1, endOnFailure: true },
    );
  });

  it.skipIf(isMissing)('hold what was just posted, in every process and while others post', async () => {
    const { keeping } = await open();
    const [one, other] = keeping;
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const mine = { tutor_id: randomUUID(), tutor: { name: `Tutor ${index}` } };
        for (let posted = 1; posted <= 5; posted += 1) {
          const [writer, reader] = posted % 2 === 0 ? [one, other] : [other, one];
          await writer.send({ method: 'POST', url: '/api/sessions', payload: completedSession(mine) });
          const { trend } = (await reader.send({ url: `/api/tutors/${mine.tutor_id}/history` })).json();
          const counts = trend.reschedule_rate_by_week.map((week: { total_sessions: number }) => week.total_sessions);
          expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(posted);
        }
      }),
    );
  });
});

it('is what the database says after every kind of change, though all was kept before it', async () => {
  const marketplace = await openMarketplace();
  const { asking } = marketplace;
  const [keeping] = marketplace.keeping;
  for (const [index, [what, write]] of Object.entries(WRITES).entries()) {
    await write(marketplace, index);
    await expectAlike({ keeping: [keeping], asking }, READS(1), what);
  }
}, 120_000);
