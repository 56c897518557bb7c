/** A finished mail to one recipient. `from` and `to` are addresses, with or without a name before them. */
export type Mail = {
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  /** With its angle brackets; see `messageIdOf`. */
  message_id: string;
};

/** What came of one attempt. Error texts are one short line, in the provider's words, without secrets. */
export type SendOutcome =
  | { kind: 'sent'; provider_message_id: string | null }
  /** The provider asks for patience: not the mail's fault. */
  | { kind: 'throttled'; retryAfterMs: number; error: string }
  /** No connection came about: nothing can have been sent. */
  | { kind: 'unreachable'; error: string }
  /** A failure that may pass, or one that leaves open whether the mail was taken. */
  | { kind: 'failed'; error: string }
  /** The same mail would be refused again. */
  | { kind: 'refused'; error: string };

type Provider = 'outbox' | 'smtp' | 'sendgrid' | 'ses';

/** Carries mails to a provider, one attempt a call: when to try again is the caller's business. */
export type Mailer = {
  provider: Provider;
  /** Never rejects. An aborted `signal` ends the attempt at once. */
  send(mail: Mail, signal: AbortSignal): Promise<SendOutcome>;
  close(): Promise<void>;
};

type AwsCredentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

export type MailConfig =
  | { service: 'none' }
  | { service: 'smtp'; url: string }
  | { service: 'sendgrid'; apiKey: string; baseUrl?: string }
  | { service: 'ses'; region: string; endpoint?: string; credentials?: AwsCredentials };
