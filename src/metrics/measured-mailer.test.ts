import { expect, it } from 'vitest';
import { sampleMail } from '../../test/sample-mail.ts';
import { createMailer } from '../reports/mailers/create-mailer.ts';
import { expose } from './expose.ts';
import { measuredMailer } from './measured-mailer.ts';
import { createMetrics } from './metrics.ts';

it('counts each attempt by its outcome from 0 on, and passes it on', async () => {
  const metrics = createMetrics('worker', 'test');
  const mailer = measuredMailer(createMailer({ service: 'none' }), metrics);
  const before = await expose([await metrics.snapshot()], []);
  for (const outcome of ['sent', 'throttled', 'unreachable', 'failed', 'refused'])
    expect(before).toContain(`tq_mail_sends_total{provider="outbox",outcome="${outcome}",process="worker"} 0`);
  const send = (to: string) => mailer.send(sampleMail({ to }), new AbortController().signal);
  expect((await send('ada@example.com')).kind).toBe('sent');
  expect((await send('ada')).kind).toBe('refused');
  await mailer.close();
  const text = await expose([await metrics.snapshot()], []);
  for (const outcome of ['sent', 'refused'])
    expect(text).toContain(`tq_mail_sends_total{provider="outbox",outcome="${outcome}",process="worker"} 1`);
  expect(text).toContain('tq_mail_send_duration_seconds_count{provider="outbox",process="worker"} 2');
  expect(text).not.toContain('ada');
});
