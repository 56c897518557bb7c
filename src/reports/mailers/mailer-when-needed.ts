import type { MailConfig, Mailer } from './mailer.ts';

/** As `createMailer`, loaded with the first mail: for a process that rarely has one, and is not to wait for the packages of a mail service when it starts. */
export function mailerWhenNeeded(config: MailConfig): Mailer {
  let loading: Promise<Mailer> | undefined;
  const load = async () => (await import('./create-mailer.ts')).createMailer(config);
  const loaded = () => {
    loading ??= load();
    return loading;
  };
  return {
    provider: config.service === 'none' ? 'outbox' : config.service,
    send: async (mail, signal) => (await loaded()).send(mail, signal),
    close: async () => (await loading)?.close(),
  };
}
