import { describe, expect, it } from 'vitest';
import { sampleMail } from '../../../test/sample-mail.ts';
import { createMailer } from './create-mailer.ts';
import { messageIdOf } from './message-id.ts';

const NEVER = new AbortController().signal;

describe('without a provider', () => {
  it('counts a mail as sent to the outbox', async () => {
    const mailer = createMailer({ service: 'none' });
    expect(mailer.provider).toBe('outbox');
    expect(await mailer.send(sampleMail(), NEVER)).toEqual({ kind: 'sent', provider_message_id: null });
    await mailer.close();
  });

  it('refuses an impossible recipient all the same, so that a wrong setting shows before a provider is chosen', async () => {
    const mailer = createMailer({ service: 'none' });
    expect(await mailer.send(sampleMail({ to: 'ada' }), NEVER)).toMatchObject({ kind: 'refused' });
    expect(await mailer.send(sampleMail({ from: 'reports' }), NEVER)).toMatchObject({ kind: 'refused' });
  });
});

describe('the services', () => {
  it('each have their provider, and connect to nothing before the first mail', async () => {
    const mailers = [
      createMailer({ service: 'smtp', url: 'smtp://127.0.0.1:1' }),
      createMailer({ service: 'sendgrid', apiKey: 'SG.x', baseUrl: 'http://127.0.0.1:1' }),
      createMailer({ service: 'ses', region: 'eu-central-1', endpoint: 'http://127.0.0.1:1' }),
    ];
    expect(mailers.map(({ provider }) => provider)).toEqual(['smtp', 'sendgrid', 'ses']);
    await Promise.all(mailers.map((mailer) => mailer.close()));
  });
});

describe('the Message-ID', () => {
  it('is the same for every attempt of a send and another for the next send', () => {
    expect(messageIdOf('5a3f', 1, 'example.com')).toBe('<report.5a3f.1@example.com>');
    expect(messageIdOf('5a3f', 2, 'example.com')).not.toBe(messageIdOf('5a3f', 1, 'example.com'));
  });
});
