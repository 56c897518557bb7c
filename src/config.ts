import { z } from 'zod';
import { DEFAULT_RISK_THRESHOLD } from './scoring/risk.ts';

export type Config = z.output<typeof environment>;

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${list(problems)}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the whole configuration from environment variables. Pure; an empty variable counts as absent.
 *
 * @throws ConfigError with every problem at once, each beginning with the variable's name
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

const list = (problems: string[]) => problems.map((problem) => `  - ${problem}`).join('\n');

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must lie between ${least} and ${most}`);

const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      `must be a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );

const commaSeparated = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

const mailAddress = z.email('must be an email address');

/** `Name <address>` or a bare address. */
const sender = z.string().refine((value) => {
  const address = /^[^<>\r\n]*<([^<>]+)>$/.exec(value)?.[1] ?? value;
  return mailAddress.safeParse(address.trim()).success;
}, 'must be an address, or Name <address>');

/** Windows, evidence, and the replay of past nights reach back 240 days; the rest is for days that are longer. */
const LEAST_RETENTION_DAYS = 250;

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

const environment = z
  .object({
    ENVIRONMENT: z
      .enum(['development', 'production', 'test'], 'must be development, production or test')
      .default('development'),
    DATABASE_URL: urlOf('postgres', 'postgresql').optional(),
    REDIS_URL: urlOf('redis', 'rediss').optional(),
    DATA_DIR: z.string().default('.data'),
    PORT: whole(0, 65_535).default(8000),
    HOST: z.string().default('127.0.0.1'),
    API_KEY: commaSeparated
      .refine((keys) => keys.every((key) => key.length >= 16), 'each key must have at least 16 characters')
      .default([]),
    SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
    ADMIN_EMAIL: commaSeparated
      .refine((all) => all.length > 0, 'must name at least one address')
      .refine((all) => all.every(isMailbox), 'must be email addresses, separated by commas')
      .default(['admin@localhost']),
    EMAIL_SERVICE: z.enum(['none', 'smtp', 'sendgrid', 'ses'], 'must be none, smtp, sendgrid or ses').default('none'),
    EMAIL_FROM: sender.default('Tutor Quality <tutor-quality@localhost.localdomain>'),
    SMTP_URL: urlOf('smtp', 'smtps').optional(),
    SENDGRID_API_KEY: z.string().optional(),
    AWS_REGION: z.string().optional(),
    FRONTEND_URL: urlOf('http', 'https').transform(originOf).optional(),
    DASHBOARD_URL: urlOf('http', 'https').transform(withoutSlash).optional(),
    TIMEZONE: z.string().refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin').default('UTC'),
    RISK_THRESHOLD: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,2})?$/, 'must be a number with at most two decimals')
      .transform(Number)
      .refine((value) => value <= 100, 'must lie between 0 and 100')
      .default(DEFAULT_RISK_THRESHOLD),
    RETENTION_DAYS: whole(0, 36_500)
      .refine((days) => days === 0 || days >= LEAST_RETENTION_DAYS, `must be 0 or at least ${LEAST_RETENTION_DAYS}`)
      .default(0),
    RATE_LIMIT: whole(0, 1_000_000).default(6000),
    TRUST_PROXY: whole(0, 10).default(0),
    OTEL_EXPORTER_OTLP_ENDPOINT: urlOf('http', 'https').optional(),
    OTEL_SERVICE_NAME: z.string().default('tutor-quality'),
    OTEL_TRACES_SAMPLER: z.enum(SAMPLERS, `must be one of ${SAMPLERS.join(', ')}`).default('parentbased_always_on'),
    OTEL_TRACES_SAMPLER_ARG: z
      .string()
      .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a share between 0 and 1')
      .transform(Number)
      .default(1),
    METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    METRICS_PORT: whole(0, 65_535).optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
      .default('info'),
  })
  .superRefine(
    (values, context) => {
      for (const [variable, message] of missing(values))
        context.addIssue({ code: 'custom', path: [variable], message });
    },
    // Also when a variable is wrong in itself, so that all problems are told at once.
    { when: () => true },
  );

type Values = {
  ENVIRONMENT: string;
  EMAIL_SERVICE: string;
  API_KEY: string[];
  SECRET_KEY?: string | undefined;
  SMTP_URL?: string | undefined;
  SENDGRID_API_KEY?: string | undefined;
  AWS_REGION?: string | undefined;
  METRICS_TOKEN?: string | undefined;
  METRICS_PORT?: number | undefined;
};

function* missing(values: Values): Generator<[variable: string, message: string]> {
  const { EMAIL_SERVICE: service } = values;
  if (service === 'smtp' && !values.SMTP_URL) yield ['SMTP_URL', 'is required when EMAIL_SERVICE=smtp'];
  if (service === 'sendgrid' && !values.SENDGRID_API_KEY)
    yield ['SENDGRID_API_KEY', 'is required when EMAIL_SERVICE=sendgrid'];
  if (service === 'ses' && !values.AWS_REGION) yield ['AWS_REGION', 'is required when EMAIL_SERVICE=ses'];
  if (values.METRICS_PORT !== undefined && !values.METRICS_TOKEN)
    yield ['METRICS_TOKEN', 'is required when METRICS_PORT is set'];
  if (values.ENVIRONMENT !== 'production') return;
  if (values.API_KEY.length === 0) yield ['API_KEY', 'is required in production'];
  if (!values.SECRET_KEY) yield ['SECRET_KEY', 'is required in production'];
}

/** `localhost` has no dot, and yet is where mail goes on one machine. */
function isMailbox(address: string): boolean {
  return mailAddress.safeParse(address).success || /^[\w.+-]+@localhost$/.test(address);
}

function isTimeZone(value: string): boolean {
  try {
    // A bare offset is none: of "+01:00" PostgreSQL would read the sign the other way round.
    return /^[a-z]/i.test(new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
