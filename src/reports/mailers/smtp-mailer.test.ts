import { once } from 'node:events';
import { createServer } from 'node:net';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SmtpSink, startSmtpSink } from '../../../test/mail-servers.ts';
import { sampleMail } from '../../../test/sample-mail.ts';
import { createMailer } from './create-mailer.ts';
import type { Mailer } from './mailer.ts';

const NEVER = new AbortController().signal;

let sink: SmtpSink;
let mailer: Mailer;

beforeEach(async () => {
  sink = await startSmtpSink();
  mailer = createMailer({ service: 'smtp', url: sink.url });
});

afterEach(async () => {
  await mailer.close();
  await sink.close();
});

describe('a mail over SMTP', () => {
  it('arrives with its subject, both parts and our Message-ID, and names the queue id', async () => {
    const subject = 'High risk: Zoë Ψ 学生 moved 9 of 29 sessions (31.0 %) in 30 days';
    const outcome = await mailer.send(sampleMail({ subject, text: 'Größe ≥ 5\n', html: '<p>Größe ≥ 5</p>' }), NEVER);
    expect(outcome).toEqual({ kind: 'sent', provider_message_id: 'sink-1' });

    const mail = await PostalMime.parse(sink.sent[0]?.raw ?? '');
    expect(mail.subject).toBe(subject);
    expect(mail.text?.trim()).toBe('Größe ≥ 5');
    expect(mail.html?.trim()).toBe('<p>Größe ≥ 5</p>');
    expect(mail.messageId).toBe('<report.1.1@example.com>');
    expect(mail.from).toMatchObject({ name: 'Tutor Quality', address: 'reports@example.com' });
    expect(sink.sent[0]).toMatchObject({ from: 'reports@example.com', to: ['ada@example.com'] });
  });

  it('puts the text before the HTML, as mail programs show the last part they can', async () => {
    await mailer.send(sampleMail(), NEVER);
    const raw = sink.sent[0]?.raw ?? '';
    expect(raw).toContain('multipart/alternative');
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'));
    expect(raw).toContain('Auto-Submitted: auto-generated');
  });

  it('gains no header from a subject with line breaks', async () => {
    await mailer.send(sampleMail({ subject: 'Low risk\r\nBcc: eve@example.com\r\n\r\nbody' }), NEVER);
    const mail = await PostalMime.parse(sink.sent[0]?.raw ?? '');
    expect(mail.subject).toBe('Low risk Bcc: eve@example.com body');
    expect(mail.bcc).toBeUndefined();
    expect(sink.sent[0]?.to).toEqual(['ada@example.com']);
  });

  it.each([
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    'ada@example.com eve@example.com',
    '<ada@example.com> <eve@example.com>',
    'ada@example.com> SIZE=1',
    'ada',
    '',
  ])('is refused for the recipient %j, and nothing is sent', async (to) => {
    expect(await mailer.send(sampleMail({ to }), NEVER)).toMatchObject({ kind: 'refused' });
    expect(sink.sent).toEqual([]);
  });

  it('goes out over several connections at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => mailer.send(sampleMail(), NEVER)));
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(sink.sent).toHaveLength(40);
  });
});

describe('an answer of an SMTP server', () => {
  it.each([
    ['recipient', 550, '5.1.1 no such user', 'refused'],
    ['data', 554, '5.7.1 policy', 'refused'],
    ['recipient', 451, '4.3.0 try later', 'failed'],
    ['data', 452, '4.3.1 disk full', 'failed'],
    ['data', 454, 'Throttling failure: Maximum sending rate exceeded', 'throttled'],
    ['recipient', 450, '4.2.0 greylisted', 'throttled'],
    ['recipient', 421, '4.7.0 too many connections', 'throttled'],
    ['connect', 421, 'busy', 'throttled'],
    ['connect', 554, 'no service for you', 'refused'],
  ] as const)('at %s of %i "%s" means %s', async (at, code, words, kind) => {
    sink.fault = { at, code, words };
    const outcome = await mailer.send(sampleMail(), NEVER);
    const wait = kind === 'throttled' ? { retryAfterMs: 60_000 } : {};
    expect(outcome).toEqual({ kind, error: expect.stringContaining(words), ...wait });
    sink.fault = null;
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind: 'sent' });
  });

  it('to a wrong password means refused, and the password stays out of the error', async () => {
    const guarded = await startSmtpSink({ login: { user: 'app', password: 'right' } });
    const wrong = createMailer({ service: 'smtp', url: guarded.url.replace('right', 's3cret%2F%25') });
    const outcome = await wrong.send(sampleMail(), NEVER);
    expect(outcome).toMatchObject({ kind: 'refused', error: expect.stringContaining('535') });
    expect(JSON.stringify(outcome)).not.toContain('s3cret');
    await wrong.close();

    const right = createMailer({ service: 'smtp', url: guarded.url });
    expect(await right.send(sampleMail(), NEVER)).toMatchObject({ kind: 'sent' });
    await right.close();
    await guarded.close();
  });
});

describe('an SMTP server that cannot be reached', () => {
  it('is unreachable when it refuses the connection', async () => {
    await sink.close();
    const outcome = await mailer.send(sampleMail(), NEVER);
    expect(outcome).toMatchObject({ kind: 'unreachable', error: expect.stringContaining('ECONNREFUSED') });
  });

  it('is unreachable when it hangs up before its greeting', async () => {
    sink.fault = 'hang up';
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind: 'unreachable' });
  });

  it('is unreachable when it does not speak TLS', async () => {
    const secure = createMailer({ service: 'smtp', url: sink.url.replace('smtp:', 'smtps:') });
    expect(await secure.send(sampleMail(), NEVER)).toMatchObject({ kind: 'unreachable' });
    await secure.close();
  });

  it('is unreachable when it never greets', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const brief = createMailer({ service: 'smtp', url: `smtp://127.0.0.1:${port}` }, { connectMs: 20, sendMs: 30_000 });
    expect(await brief.send(sampleMail(), NEVER)).toMatchObject({ kind: 'unreachable' });
    await brief.close();
    silent.close();
  });
});

describe('an SMTP server that does not answer', () => {
  it('lets an attempt be stopped at once', async () => {
    sink.fault = 'hang';
    const stop = new AbortController();
    const heard = once(sink.events, 'heard');
    const outcome = mailer.send(sampleMail(), stop.signal);
    await heard;
    stop.abort();
    expect(await outcome).toEqual({ kind: 'failed', error: 'stopped before the provider answered' });
  });

  it('uses up an attempt after the time limit, as it may have taken the mail', async () => {
    sink.fault = 'hang';
    const brief = createMailer({ service: 'smtp', url: sink.url }, { connectMs: 10_000, sendMs: 200 });
    expect(await brief.send(sampleMail(), NEVER)).toEqual({
      kind: 'failed',
      error: 'no answer from the provider within 0.2 s',
    });
    await brief.close();
  });

  it('is not asked at all when the attempt was stopped before', async () => {
    expect(await mailer.send(sampleMail(), AbortSignal.abort())).toMatchObject({ kind: 'failed' });
    expect(sink.sent).toEqual([]);
  });
});
