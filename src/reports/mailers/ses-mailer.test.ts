import { once } from 'node:events';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsError, type SesSink, startSesSink } from '../../../test/mail-servers.ts';
import { sampleMail } from '../../../test/sample-mail.ts';
import { createMailer } from './create-mailer.ts';
import type { Mailer } from './mailer.ts';

const NEVER = new AbortController().signal;
const REGION = 'eu-central-1';
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' };

let sink: SesSink;
let mailer: Mailer;

beforeEach(async () => {
  sink = await startSesSink({ ...CREDENTIALS, region: REGION });
  mailer = createMailer({ service: 'ses', region: REGION, endpoint: sink.url, credentials: CREDENTIALS });
});

afterEach(async () => {
  await mailer.close();
  await sink.close();
});

describe('a mail through SES', () => {
  it('is signed, addressed and complete, and gets their id', async () => {
    const outcome = await mailer.send(sampleMail({ subject: 'Zoë Ψ', from: 'Büro <reports@example.com>' }), NEVER);
    expect(outcome).toEqual({ kind: 'sent', provider_message_id: 'ses-1' });

    const [sent] = sink.sent;
    expect(sent?.Destination).toEqual({ ToAddresses: ['ada@example.com'] });
    expect(sent?.FromEmailAddress).toBe('=?UTF-8?Q?B=C3=BCro?= <reports@example.com>');
    const mail = await PostalMime.parse(Buffer.from(sent?.Content.Raw.Data ?? '', 'base64'));
    expect(mail).toMatchObject({ subject: 'Zoë Ψ', from: { name: 'Büro', address: 'reports@example.com' } });
    expect(mail.text?.trim()).toBe('31.0 %');
    expect(mail.html?.trim()).toBe('<p>31.0 %</p>');
  });

  it('gains no header from a subject with line breaks', async () => {
    await mailer.send(sampleMail({ subject: 'a\r\nBcc: eve@example.com' }), NEVER);
    const mail = await PostalMime.parse(Buffer.from(sink.sent[0]?.Content.Raw.Data ?? '', 'base64'));
    expect(mail.subject).toBe('a Bcc: eve@example.com');
    expect(mail.bcc).toBeUndefined();
  });
});

describe('an answer of SES', () => {
  it.each([
    [400, 'MessageRejected', 'refused'],
    [400, 'MailFromDomainNotVerifiedException', 'refused'],
    [401, 'UnrecognizedClientException', 'refused'],
    [403, 'AccessDeniedException', 'refused'],
    [400, 'LimitExceededException', 'throttled'],
    [400, 'ThrottlingException', 'throttled'],
    [429, 'TooManyRequestsException', 'throttled'],
    [500, 'InternalServiceErrorException', 'failed'],
    [503, 'ServiceUnavailable', 'failed'],
  ] as const)('with status %i, %s, means %s', async (status, name, kind) => {
    sink.fault = awsError(status, name, 'Email address is not verified');
    const outcome = await mailer.send(sampleMail(), NEVER);
    const wait = kind === 'throttled' ? { retryAfterMs: 60_000 } : {};
    expect(outcome).toEqual({ kind, error: `${name}: Email address is not verified`, ...wait });
  });

  it('of 429 obeys Retry-After', async () => {
    const { status, body, headers } = awsError(429, 'TooManyRequestsException', 'slow down');
    sink.fault = { status, body, headers: { ...headers, 'Retry-After': '7' } };
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind: 'throttled', retryAfterMs: 7_000 });
  });

  it('to a wrong secret means refused, and the secret stays out of the error', async () => {
    const credentials = { ...CREDENTIALS, secretAccessKey: 'another-secret' };
    const wrong = createMailer({ service: 'ses', region: REGION, endpoint: sink.url, credentials });
    const outcome = await wrong.send(sampleMail(), NEVER);
    expect(outcome).toEqual({ kind: 'refused', error: 'InvalidSignatureException: the signature does not match' });
    await wrong.close();
  });

  it('is asked for once only', async () => {
    let heard = 0;
    sink.events.on('heard', () => (heard += 1));
    sink.fault = awsError(500, 'InternalServiceErrorException', 'oh');
    await mailer.send(sampleMail(), NEVER);
    expect(heard).toBe(1);
  });
});

describe('SES out of reach', () => {
  it('is unreachable when the connection is refused', async () => {
    await sink.close();
    expect(await mailer.send(sampleMail(), NEVER)).toMatchObject({ kind: 'unreachable' });
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
