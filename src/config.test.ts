import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

const KEY = 'k'.repeat(16);
const SECRET = 's'.repeat(32);

function problems(env: Record<string, string | undefined>): string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('has a default for everything that one machine needs', () => {
    expect(parseConfig({})).toEqual({
      ENVIRONMENT: 'development',
      DATA_DIR: '.data',
      PORT: 8000,
      HOST: '127.0.0.1',
      API_KEY: [],
      ADMIN_EMAIL: ['admin@localhost'],
      EMAIL_SERVICE: 'none',
      EMAIL_FROM: 'Tutor Quality <tutor-quality@localhost.localdomain>',
      TIMEZONE: 'UTC',
      RISK_THRESHOLD: 15,
      RETENTION_DAYS: 0,
      RATE_LIMIT: 6000,
      TRUST_PROXY: 0,
      OTEL_SERVICE_NAME: 'tutor-quality',
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      OTEL_TRACES_SAMPLER_ARG: 1,
      LOG_LEVEL: 'info',
    });
  });

  it('takes an empty variable for an absent one', () => {
    const empty = { PORT: '', DATABASE_URL: '   ', API_KEY: '', TIMEZONE: '\t', REDIS_URL: undefined, ADMIN_EMAIL: '' };
    expect(parseConfig(empty)).toEqual(parseConfig({}));
  });

  it('takes no notice of other variables', () => {
    expect(parseConfig({ PATH: '/bin', port: '1' })).toEqual(parseConfig({}));
  });

  it.each([
    [{ ENVIRONMENT: 'test' }, { ENVIRONMENT: 'test' }],
    [{ DATABASE_URL: 'postgres://u:p@db/x' }, { DATABASE_URL: 'postgres://u:p@db/x' }],
    [
      { DATABASE_URL: 'postgresql://db:5432/x?sslmode=require' },
      { DATABASE_URL: 'postgresql://db:5432/x?sslmode=require' },
    ],
    [{ REDIS_URL: 'redis://:p@cache:6379/1' }, { REDIS_URL: 'redis://:p@cache:6379/1' }],
    [{ REDIS_URL: 'rediss://cache' }, { REDIS_URL: 'rediss://cache' }],
    [{ PORT: '0' }, { PORT: 0 }],
    [{ PORT: '65535' }, { PORT: 65_535 }],
    [{ API_KEY: KEY }, { API_KEY: [KEY] }],
    [{ API_KEY: ` ${KEY}1, ${KEY}2 ,` }, { API_KEY: [`${KEY}1`, `${KEY}2`] }],
    [{ SECRET_KEY: SECRET }, { SECRET_KEY: SECRET }],
    [{ ADMIN_EMAIL: 'a@example.com' }, { ADMIN_EMAIL: ['a@example.com'] }],
    [{ ADMIN_EMAIL: 'a@example.com, admin@localhost,,' }, { ADMIN_EMAIL: ['a@example.com', 'admin@localhost'] }],
    [{ EMAIL_FROM: 'quality@example.com' }, { EMAIL_FROM: 'quality@example.com' }],
    [{ EMAIL_FROM: 'Ops, Quality <q@example.com>' }, { EMAIL_FROM: 'Ops, Quality <q@example.com>' }],
    [{ EMAIL_SERVICE: 'smtp', SMTP_URL: 'smtp://u:p@mail:25' }, { SMTP_URL: 'smtp://u:p@mail:25' }],
    [{ EMAIL_SERVICE: 'smtp', SMTP_URL: 'smtps://mail' }, { SMTP_URL: 'smtps://mail' }],
    [
      { EMAIL_SERVICE: 'sendgrid', SENDGRID_API_KEY: 'SG.x' },
      { EMAIL_SERVICE: 'sendgrid', SENDGRID_API_KEY: 'SG.x' },
    ],
    [
      { EMAIL_SERVICE: 'ses', AWS_REGION: 'eu-west-1' },
      { EMAIL_SERVICE: 'ses', AWS_REGION: 'eu-west-1' },
    ],
    [{ FRONTEND_URL: 'https://App.Example.com:443/path/' }, { FRONTEND_URL: 'https://app.example.com' }],
    [{ FRONTEND_URL: 'http://localhost:5173' }, { FRONTEND_URL: 'http://localhost:5173' }],
    [
      { DASHBOARD_URL: 'https://tutors.example.com/quality//' },
      { DASHBOARD_URL: 'https://tutors.example.com/quality' },
    ],
    [{ TIMEZONE: 'Europe/Berlin' }, { TIMEZONE: 'Europe/Berlin' }],
    [{ TIMEZONE: 'America/Argentina/Buenos_Aires' }, { TIMEZONE: 'America/Argentina/Buenos_Aires' }],
    [{ RISK_THRESHOLD: '0' }, { RISK_THRESHOLD: 0 }],
    [{ RISK_THRESHOLD: '100.00' }, { RISK_THRESHOLD: 100 }],
    [{ RISK_THRESHOLD: '12.35' }, { RISK_THRESHOLD: 12.35 }],
    [{ RETENTION_DAYS: '0' }, { RETENTION_DAYS: 0 }],
    [{ RETENTION_DAYS: '250' }, { RETENTION_DAYS: 250 }],
    [{ RATE_LIMIT: '0' }, { RATE_LIMIT: 0 }],
    [{ METRICS_TOKEN: KEY }, { METRICS_TOKEN: KEY }],
    [
      { METRICS_TOKEN: KEY, METRICS_PORT: '9464' },
      { METRICS_TOKEN: KEY, METRICS_PORT: 9464 },
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318' }, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318' }],
    [{ OTEL_TRACES_SAMPLER_ARG: '0.05' }, { OTEL_TRACES_SAMPLER_ARG: 0.05 }],
    [{ LOG_LEVEL: 'silent' }, { LOG_LEVEL: 'silent' }],
    [{ DATA_DIR: '/var/lib/tutor quality' }, { DATA_DIR: '/var/lib/tutor quality' }],
    [{ HOST: '0.0.0.0' }, { HOST: '0.0.0.0' }],
  ])('takes %j', (env, expected) => {
    expect(parseConfig(env)).toMatchObject(expected);
  });

  it.each([
    [{ ENVIRONMENT: 'prod' }, 'ENVIRONMENT: must be development, production or test'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL: must be a URL that starts with postgres:// or postgresql://'],
    [{ DATABASE_URL: 'db/x' }, 'DATABASE_URL: must be a URL that starts with postgres:// or postgresql://'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL: must be a URL that starts with redis:// or rediss://'],
    [{ RETENTION_DAYS: '249' }, 'RETENTION_DAYS: must be 0 or at least 250'],
    [{ RETENTION_DAYS: '-1' }, 'RETENTION_DAYS: must be a whole number'],
    [{ PORT: '8000.5' }, 'PORT: must be a whole number'],
    [{ PORT: '-1' }, 'PORT: must be a whole number'],
    [{ PORT: '0x50' }, 'PORT: must be a whole number'],
    [{ PORT: '65536' }, 'PORT: must lie between 0 and 65535'],
    [{ API_KEY: 'short' }, 'API_KEY: each key must have at least 16 characters'],
    [{ API_KEY: `${KEY},short` }, 'API_KEY: each key must have at least 16 characters'],
    [{ SECRET_KEY: 's'.repeat(31) }, 'SECRET_KEY: must have at least 32 characters'],
    [{ ADMIN_EMAIL: 'a@example.com, b' }, 'ADMIN_EMAIL: must be email addresses, separated by commas'],
    [{ ADMIN_EMAIL: 'Ada <a@example.com>' }, 'ADMIN_EMAIL: must be email addresses, separated by commas'],
    [{ ADMIN_EMAIL: ' , ' }, 'ADMIN_EMAIL: must name at least one address'],
    [{ EMAIL_SERVICE: 'SMTP' }, 'EMAIL_SERVICE: must be none, smtp, sendgrid or ses'],
    [{ EMAIL_FROM: 'Quality' }, 'EMAIL_FROM: must be an address, or Name <address>'],
    [{ EMAIL_FROM: 'Quality <q@example.com' }, 'EMAIL_FROM: must be an address, or Name <address>'],
    [{ EMAIL_FROM: 'Q\r\nBcc: x@y.zz <q@example.com>' }, 'EMAIL_FROM: must be an address, or Name <address>'],
    [{ SMTP_URL: 'mail.example.com:25' }, 'SMTP_URL: must be a URL that starts with smtp:// or smtps://'],
    [{ EMAIL_SERVICE: 'smtp' }, 'SMTP_URL: is required when EMAIL_SERVICE=smtp'],
    [{ EMAIL_SERVICE: 'sendgrid' }, 'SENDGRID_API_KEY: is required when EMAIL_SERVICE=sendgrid'],
    [{ EMAIL_SERVICE: 'ses' }, 'AWS_REGION: is required when EMAIL_SERVICE=ses'],
    [{ FRONTEND_URL: 'example.com' }, 'FRONTEND_URL: must be a URL that starts with http:// or https://'],
    [{ FRONTEND_URL: '*' }, 'FRONTEND_URL: must be a URL that starts with http:// or https://'],
    [{ DASHBOARD_URL: 'javascript:alert(1)' }, 'DASHBOARD_URL: must be a URL that starts with http:// or https://'],
    [{ TIMEZONE: 'Berlin' }, 'TIMEZONE: must be an IANA time zone, such as Europe/Berlin'],
    [{ TIMEZONE: '+01:00' }, 'TIMEZONE: must be an IANA time zone, such as Europe/Berlin'],
    [{ RISK_THRESHOLD: '15%' }, 'RISK_THRESHOLD: must be a number with at most two decimals'],
    [{ RISK_THRESHOLD: '15.125' }, 'RISK_THRESHOLD: must be a number with at most two decimals'],
    [{ RISK_THRESHOLD: '-1' }, 'RISK_THRESHOLD: must be a number with at most two decimals'],
    [{ RISK_THRESHOLD: '100.01' }, 'RISK_THRESHOLD: must lie between 0 and 100'],
    [{ RATE_LIMIT: 'none' }, 'RATE_LIMIT: must be a whole number'],
    [{ RATE_LIMIT: '1000001' }, 'RATE_LIMIT: must lie between 0 and 1000000'],
    [{ METRICS_TOKEN: 'k'.repeat(15) }, 'METRICS_TOKEN: must have at least 16 characters'],
    [{ METRICS_TOKEN: KEY, METRICS_PORT: '65536' }, 'METRICS_PORT: must lie between 0 and 65535'],
    [{ METRICS_PORT: '9464' }, 'METRICS_TOKEN: is required when METRICS_PORT is set'],
    [{ OTEL_TRACES_SAMPLER_ARG: '5' }, 'OTEL_TRACES_SAMPLER_ARG: must be a share between 0 and 1'],
    [{ LOG_LEVEL: 'verbose' }, 'LOG_LEVEL: must be fatal, error, warn, info, debug or silent'],
  ])('refuses %j', (env, problem) => {
    expect(problems(env)).toEqual([problem]);
  });

  it('tells every problem at once, also one that follows from another variable', () => {
    const env = { PORT: 'x', TIMEZONE: 'Mars/Base', RISK_THRESHOLD: '101', EMAIL_SERVICE: 'smtp', LOG_LEVEL: 'loud' };
    expect(problems(env)).toEqual([
      'PORT: must be a whole number',
      'TIMEZONE: must be an IANA time zone, such as Europe/Berlin',
      'RISK_THRESHOLD: must lie between 0 and 100',
      'LOG_LEVEL: must be fatal, error, warn, info, debug or silent',
      'SMTP_URL: is required when EMAIL_SERVICE=smtp',
    ]);
    expect(() => parseConfig(env)).toThrow('The configuration has 5 problems:\n  - PORT: must be a whole number\n');
    expect(() => parseConfig({ PORT: 'x' })).toThrow('The configuration has a problem:\n  - PORT: must be');
  });

  it('tells what is missing although the word that asks for it is the only one that is right', () => {
    const env = { ENVIRONMENT: 'production', EMAIL_SERVICE: 'pigeon', API_KEY: 'short' };
    expect(problems(env)).toEqual([
      'API_KEY: each key must have at least 16 characters',
      'EMAIL_SERVICE: must be none, smtp, sendgrid or ses',
      'SECRET_KEY: is required in production',
    ]);
  });

  it('says nothing of a secret but that it is wrong', () => {
    const env = { API_KEY: 'my-short-key', SECRET_KEY: 'my-secret', DATABASE_URL: 'db://u:my-password@db' };
    expect(problems(env)).toHaveLength(3);
    expect(problems(env).join()).not.toContain('my-');
  });

  it('in production needs its secrets', () => {
    const secrets = ['API_KEY: is required in production', 'SECRET_KEY: is required in production'];
    expect(problems({ ENVIRONMENT: 'production' })).toEqual(secrets);
    expect(problems({ ENVIRONMENT: 'production', API_KEY: ' , ', SECRET_KEY: ' ' })).toEqual(secrets);
    expect(problems({ ENVIRONMENT: 'production', API_KEY: KEY, SECRET_KEY: SECRET })).toEqual([]);
  });
});
