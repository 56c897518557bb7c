import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { movedSession } from '../../test/factories.ts';
import { postSession, TEST_KEY } from '../../test/http.ts';
import { type SmtpSink, startSmtpSink } from '../../test/mail-servers.ts';
import { programs } from '../../test/processes.ts';
import { withQueue } from '../../test/queues.ts';
import { startTraceSink, type TraceSink } from '../../test/trace-sink.ts';
import { PROCESS_SESSIONS } from '../queue/backend.ts';

const app = programs();
/** As a caller sends it who is part of a trace of its own. */
const CALLER = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };

type Line = Record<string, unknown>;

describe('a session from POST to mail', { timeout: 60_000 }, () => {
  const session = movedSession({ student_id: 's-4711', tutor: { name: 'Ada Byron', email: 'ada@x.example' } });
  let database: TestDatabase;
  let mail: SmtpSink;
  let traces: TraceSink;
  let requestId: string;
  let said: string[];
  let lines: Line[];

  beforeAll(async () => {
    [database, mail, traces] = await Promise.all([createTestDatabase(), startSmtpSink(), startTraceSink()]);
    const program = await app.start(['start', '--empty'], {
      DATABASE_URL: database.connectionString,
      API_KEY: TEST_KEY,
      EMAIL_SERVICE: 'smtp',
      SMTP_URL: mail.url,
      ADMIN_EMAIL: 'head@tutors.example',
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      OTEL_SERVICE_NAME: 'tutor-quality-test',
    });
    const address = await program.says(/runs at (http:\S+)/);
    // A new worker looks by itself, and signals that wait become one: ours comes to a worker that has nothing to do.
    await postSession(address, movedSession());
    await program.says(/"msg":"report sent"/);
    await untilNothingWaits(database.connectionString);
    const answer = await fetch(`${address}/api/sessions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': TEST_KEY,
        traceparent: `00-${CALLER.trace}-${CALLER.span}-01`,
      },
      body: JSON.stringify(session),
    });
    requestId = answer.headers.get('x-request-id') ?? '';
    await program.says(new RegExp(`"session_id":"${session.session_id}"`));
    const { stderr } = await program.stop('SIGTERM');
    said = stderr.split('\n').filter((line) => line.startsWith('{'));
    lines = said.map((line): Line => JSON.parse(line));
  });
  afterAll(async () => {
    await Promise.all([mail.close(), traces.close(), database.drop()]);
  });

  const untilNothingWaits = (connectionString: string) =>
    withQueue({ kind: 'postgres', connectionString }, PROCESS_SESSIONS, async (queue) => {
      const counts = () => queue.getJobCounts('waiting', 'active', 'delayed');
      await vi.waitFor(async () => expect(await counts()).toEqual({ waiting: 0, active: 0, delayed: 0 }), 20_000);
    });
  const theLine = (msg: string): Line => {
    const found = lines.filter((line) => line['msg'] === msg && line['request_id'] === requestId);
    expect(found).toHaveLength(1);
    return found[0] ?? {};
  };
  const spansOf = (name: string) => traces.spans.filter((span) => span.traceId === CALLER.trace && span.name === name);

  test('is followed in the log by the id that the answer gave', () => {
    const trace = { request_id: requestId, trace_id: CALLER.trace };
    expect(theLine('request')).toMatchObject({ ...trace, method: 'POST', route: '/api/sessions', status: 202 });
    const scored = { ...trace, job: 'process-sessions', job_id: expect.any(String), tutors: 1, reports: 1 };
    expect(theLine('tutors scored')).toMatchObject(scored);
    const sent = { provider: 'smtp', outcome: 'sent', status: 'sent', attempts: 1, session_id: session.session_id };
    const line = theLine('report sent');
    expect(line).toMatchObject({ ...trace, ...sent, job: 'send-report' });
    expect(line['job_id']).toBe(line['report_id']);
    expect(mail.sent).toHaveLength(2);
  });

  test('is one trace, which goes on from that of the caller', () => {
    expect(spansOf('send mail')).toHaveLength(1);
    const [request, commit, scoring, sending, letter] = [
      ...spansOf('POST /api/sessions'),
      ...spansOf('group commit'),
      ...spansOf('process process-sessions'),
      ...spansOf('process send-report'),
      ...spansOf('send mail'),
    ];
    expect(request).toMatchObject({ parentSpanId: CALLER.span, kind: 2, service: 'tutor-quality-test' });
    expect(request?.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 202 });
    expect([commit?.parentSpanId, scoring?.parentSpanId]).toEqual([request?.spanId, commit?.spanId]);
    expect([sending?.parentSpanId, letter?.parentSpanId]).toEqual([scoring?.spanId, sending?.spanId]);
    expect(scoring?.attributes).toMatchObject({ 'messaging.destination.name': 'process-sessions' });
    expect(letter?.attributes).toMatchObject({ 'tutor_quality.mail.outcome': 'sent' });
    const stored = spansOf('insert').find(({ parentSpanId }) => parentSpanId === commit?.spanId);
    expect(stored?.attributes['db.query.text']).toContain('$1');
    for (const { startTimeUnixNano, endTimeUnixNano } of traces.spans)
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  });

  test('leaves neither names nor addresses nor the student behind, in the log or in the trace', () => {
    const all = [...said, ...traces.bodies].join('\n');
    const words = ['Ada', 'Byron', 'x.example', 'head@', 's-4711', 'Personal emergency', TEST_KEY];
    expect(words.filter((word) => all.includes(word))).toEqual([]);
  });
});
