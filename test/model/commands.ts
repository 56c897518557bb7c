import fc from 'fast-check';
import { expect } from 'vitest';
import { eraseTutor } from '../../src/privacy/erase-tutor.ts';
import { erase } from '../../src/privacy/erasure.ts';
import { bodyOf, drawnEvent, type Event, TUTORS } from './event.ts';
import { expectAnswers, expectSessions } from './expect-answers.ts';
import type { Model } from './model.ts';
import { mail, type Run, work } from './real.ts';

type Command = fc.AsyncCommand<Model, Run>;

/** A command whose words in a failing run are `name` and what was drawn. */
function command<Drawn>(
  name: string,
  drawn: fc.Arbitrary<Drawn>,
  run: (model: Model, real: Run, drawn: Drawn) => Promise<void>,
): fc.Arbitrary<Command> {
  return drawn.map((value) => ({
    check: () => true,
    run: (model: Model, real: Run) => run(model, real, value),
    toString: () => `${name} ${fc.stringify(value)}`,
  }));
}

const tutor = fc.nat(TUTORS - 1);
const HOUR = 60 * 60 * 1000;

async function postOne(model: Model, { service }: Run, event: Event): Promise<void> {
  const now = service.tick(1);
  const expected = model.take(event, now);
  const answer = await service.api.send({ method: 'POST', url: '/api/sessions', payload: bodyOf(event) });
  if (expected === 'refused') expect(answer.statusCode).toBe(422);
  else expect(answer.json()).toEqual({ status: 'accepted', session_id: event.session_id, outcome: expected });
}

/** What the service says, and what the model does. */
function same(said: unknown, expected: unknown): void {
  expect(said).toEqual(expected);
}

const post = command('post', drawnEvent, async (model, real, drawn) => {
  const event = real.event(drawn);
  real.sent.push(event);
  await postOne(model, real, event);
});

const repeat = command('repeat', fc.nat(), async (model, real, which) => {
  const event = real.sent[which % Math.max(1, real.sent.length)];
  if (event !== undefined) await postOne(model, real, event);
});

const batch = command('batch', fc.array(drawnEvent, { maxLength: 6 }), async (model, real, drawn) => {
  const events = drawn.map((one) => real.event(one));
  real.sent.push(...events);
  const now = real.service.tick(1);
  // All are received at once, and yet one after the other.
  const expected = events.map((event, index) => model.take(event, now + index / 1000));
  const sessions = events.map(bodyOf);
  const answer = await real.service.api.send({ method: 'POST', url: '/api/sessions/batch', payload: { sessions } });
  const { results }: { results: { outcome?: string }[] } = answer.json();
  same(
    results.map(({ outcome = 'refused' }) => outcome),
    expected,
  );
});

const put = command(
  'put tutor',
  fc.record(
    { tutor, name: fc.constantFrom('Ada', 'Zoë'), email: fc.constantFrom(null, 0, 1), is_active: fc.boolean() },
    { requiredKeys: ['tutor', 'name'] },
  ),
  async (model, real, { tutor: index, email, ...rest }) => {
    const id = real.tutors[index] ?? '';
    const body = { ...rest, ...(email === undefined ? {} : { email: real.emailOf(email) }) };
    const expected = model.put(id, body, real.service.tick(1));
    const answer = await real.service.api.send({ method: 'PUT', url: `/api/tutors/${id}`, payload: body });
    same(answer.statusCode, expected);
  },
);

const threshold = command(
  'threshold',
  fc.constantFrom(0, 15, 33.33, 50, 99.99, 100, 101),
  async (model, real, value) => {
    real.service.tick(1);
    const payload = { risk_threshold: value };
    const answer = await real.service.api.send({ method: 'PUT', url: '/api/settings', payload });
    same(answer.statusCode, value > 100 ? 422 : 200);
    if (value <= 100) model.threshold = value;
  },
);

const pass = command('time passes', fc.constantFrom(1, 3, 5, 30, 24 * 7, 24 * 23), async (_model, real, hours) => {
  real.service.tick(hours * HOUR);
});

const look = command('look', tutor, (model, real, index) => expectSessions(model, real, real.tutors[index] ?? ''));

const score = command('work', fc.constant(null), async (model, real) => {
  real.service.tick(1);
  await work(real.service);
  await expectAnswers(model, real);
});

const resend = command('resend', tutor, async (model, real, index) => {
  real.service.tick(1);
  const { api } = real.service;
  await work(real.service);
  const expected = model.sessionsOf(real.tutors[index] ?? '').filter(([, { hasReports }]) => hasReports);
  real.service.tick(HOUR);
  await mail(real.service);
  const listed = await api.send({ url: `/api/reports?limit=500&tutor_id=${real.tutors[index]}` });
  const { reports }: { reports: { id: string; session_id: string; status: string }[] } = listed.json();
  same(reports.map(({ session_id }) => session_id).toSorted(), expected.map(([id]) => id).toSorted());
  same(
    reports.filter(({ status }) => status !== 'sent'),
    [],
  );
  const [report] = reports;
  if (report === undefined) return;
  const again = async () => (await api.send({ method: 'POST', url: `/api/reports/${report.id}/resend` })).statusCode;
  same([await again(), await again()], [202, 409]);
});

const eraseOne = command('erase', tutor, async (model, real, index) => {
  const id = real.tutors[index] ?? '';
  model.erase(id);
  await erase(real.service.api.db, (tx) => eraseTutor(tx, id));
});

/** All that can happen, and what is looked at after it. Erasing is seldom: nothing comes after it for that tutor. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 13 }, () => post),
  ...Array.from({ length: 3 }, () => batch),
  ...Array.from({ length: 3 }, () => score),
  repeat,
  repeat,
  put,
  pass,
  pass,
  look,
  look,
  threshold,
  resend,
  eraseOne,
];
