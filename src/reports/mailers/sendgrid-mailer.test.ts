import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SendGridSink, startSendGridSink } from '../../../test/mail-servers.ts';
import { sampleMail } from '../../../test/sample-mail.ts';
import { createMailer } from './create-mailer.ts';
import type { Mailer } from './mailer.ts';

const NEVER = new AbortController().signal;
const KEY = 'SG.test-key';

let sink: SendGridSink;
let mailer: Mailer;

beforeEach(async () => {
  sink = await startSendGridSink(KEY);
  mailer = createMailer({ service: 'sendgrid', apiKey: KEY, baseUrl: sink.url });
});

afterEach(async () => {
  await mailer.close();
  await sink.close();
});

describe('a mail through SendGrid', () => {
  it('has the shape that their API documents, the text before the HTML, and gets their id', async () => {
    const outcome = await mailer.send(sampleMail({ subject: 'Zoë {{x}}' }), NEVER);
    expect(outcome).toEqual({ kind: 'sent', provider_message_id: 'sendgrid-1' });
    expect(sink.sent).toEqual([
      {
        personalizations: [{ to: [{ email: 'ada@example.com' }] }],
        from: { email: 'reports@example.com', name: 'Tutor Quality' },
        subject: 'Zoë {{x}}',
        content: [
          { type: 'text/plain', value: '31.0 %\n' },
          { type: 'text/html', value: '<p>31.0 %</p>' },
        ],
        headers: { 'Auto-Submitted': 'auto-generated', 'Message-ID': '<report.1.1@example.com>' },
        tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
      },
    ]);
  });

  it('takes a sender without a name', async () => {
    await mailer.send(sampleMail({ from: 'reports@example.com' }), NEVER);
    expect(sink.sent[0]?.from).toEqual({ email: 'reports@example.com' });
  });

  it('does not mix up mailers with different keys', async () => {
    const other = createMailer({ service: 'sendgrid', apiKey: 'SG.other', baseUrl: sink.url });
    const [first, second] = await Promise.all([other.send(sampleMail(), NEVER), mailer.send(sampleMail(), NEVER)]);
    expect([first?.kind, second?.kind]).toEqual(['refused', 'sent']);
    await other.close();
  });
});

describe('an answer of SendGrid', () => {
  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [413, 'refused'],
    [500, 'failed'],
    [503, 'failed'],
    [302, 'failed'],
  ] as const)('with status %i means %s', async (status, kind) => {
    sink.fault = { status, headers: { Location: sink.url } };
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind });
    expect(sink.sent).toEqual([]);
  });

  it('that names the wrong fields is quoted, without the key, in one line', async () => {
    const errors = [
      { message: `The from address\nis not verified for ${KEY}`, field: 'from', help: null },
      { message: 'No more credits', field: null, help: null },
    ];
    sink.fault = { status: 403, body: { errors } };
    expect(await mailer.send(sampleMail(), NEVER)).toEqual({
      kind: 'refused',
      error: '403 The from address is not verified for *** (from); No more credits',
    });
  });

  it('to a wrong key means refused', async () => {
    const wrong = createMailer({ service: 'sendgrid', apiKey: 'SG.wrong', baseUrl: sink.url });
    expect(await wrong.send(sampleMail(), NEVER)).toEqual({ kind: 'refused', error: '401 The key is not valid' });
    await wrong.close();
  });

  it('of 429 obeys Retry-After', async () => {
    sink.fault = { status: 429, headers: { 'Retry-After': '7' }, body: { errors: [{ message: 'too many requests' }] } };
    expect(await mailer.send(sampleMail(), NEVER)).toEqual({
      kind: 'throttled',
      retryAfterMs: 7_000,
      error: '429 too many requests',
    });
  });

  it('of 429 without Retry-After waits until the rate limit starts anew', async () => {
    sink.fault = { status: 429, headers: { 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 3_600) } };
    const outcome = await mailer.send(sampleMail(), NEVER);
    expect(outcome.kind === 'throttled' && outcome.retryAfterMs).toSatisfy((ms) => ms > 3_500_000 && ms < 3_602_000);
  });
});

describe('SendGrid out of reach', () => {
  it('is unreachable when the connection is refused', async () => {
    await sink.close();
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind: 'unreachable' });
  });

  it('is unreachable when no connection comes about in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const config = { service: 'sendgrid', apiKey: KEY, baseUrl: `https://127.0.0.1:${port}` } as const;
    const brief = createMailer(config, { connectMs: 20, sendMs: 30_000 });
    expect(await brief.send(sampleMail(), NEVER)).toMatchObject({
      kind: 'unreachable',
      error: 'no connection within 0.02 s',
    });
    await brief.close();
    silent.close();
  });

  it('lets an attempt be stopped at once while it hangs', async () => {
    sink.fault = 'hang';
    const stop = new AbortController();
    const heard = once(sink.events, 'heard');
    const outcome = mailer.send(sampleMail(), stop.signal);
    await heard;
    stop.abort();
    expect(await outcome).toEqual({ kind: 'failed', error: 'stopped before the provider answered' });
  });
});
