import type { Mailer } from './mailer.ts';

/**
 * For installations without a provider: nothing leaves the machine. The report itself is the outbox; whoever reads
 * it there sees what would have been sent.
 */
export function createOutboxMailer(): Mailer {
  return {
    provider: 'outbox',
    send: async () => ({ kind: 'sent', provider_message_id: null }),
    close: async () => {},
  };
}
