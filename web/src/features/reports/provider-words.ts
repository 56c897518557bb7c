const WORDS: Record<string, string> = {
  outbox: 'Outbox: kept here, not mailed',
  smtp: 'SMTP',
  sendgrid: 'SendGrid',
  ses: 'Amazon SES',
};

/** Who was given the mail, in words. */
export function providerWords(provider: string): string {
  return WORDS[provider] ?? provider;
}

type Sending = { status: string; provider: string | null };

/** Sent as far as we are concerned, though nothing left this machine: no mail service is set up. */
export function isKeptHere({ status, provider }: Sending): boolean {
  return status === 'sent' && provider === 'outbox';
}
