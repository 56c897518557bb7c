import type { Config } from '../config.ts';
import type { MailConfig } from '../reports/mailers/mailer.ts';

/** How mails look and from whom they come. */
export function mailOptions(config: Config) {
  const dashboardUrl = config.DASHBOARD_URL ?? `http://localhost:${config.PORT}`;
  const domain = /@([^@>\s]+)>?\s*$/.exec(config.EMAIL_FROM)?.[1] ?? 'localhost';
  return { timezone: config.TIMEZONE, dashboardUrl, from: config.EMAIL_FROM, domain };
}

/** Who carries them. What a service needs was checked with the configuration. */
export function mailerConfig(config: Config): MailConfig {
  switch (config.EMAIL_SERVICE) {
    case 'none':
      return { service: 'none' };
    case 'smtp':
      return { service: 'smtp', url: config.SMTP_URL ?? '' };
    case 'sendgrid':
      return { service: 'sendgrid', apiKey: config.SENDGRID_API_KEY ?? '' };
    case 'ses':
      return { service: 'ses', region: config.AWS_REGION ?? '' };
    default:
      return config.EMAIL_SERVICE satisfies never;
  }
}
