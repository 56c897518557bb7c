import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Answers } from '../cache/answers.ts';
import type { Clock } from '../database/clock.ts';
import type { Db } from '../database/connection.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { BoardQueue } from '../queue/board.ts';
import type { Signals } from '../queue/signals.ts';
import type { SharedRedis } from '../redis/shared-redis.ts';
import type { RenderOptions } from '../reports/render.ts';
import type { GroupCommit } from '../sessions/group-commit.ts';
import type { ReceiptClock } from '../sessions/receipt-clock.ts';
import type { Accounts } from '../users/accounts.ts';
import type { LiveEvents } from './live-events.ts';

/** All that the API needs; nothing is looked up anywhere else. */
export type ApiDeps = {
  db: Db;
  /** A connection that only health uses. */
  probe: Db;
  clock: Clock;
  groupCommit: GroupCommit;
  receiptClock: ReceiptClock;
  signals: Signals;
  /** For the page that shows them. */
  queues: () => BoardQueue[];
  liveEvents: LiveEvents;
  /** How often those who watch are told that the line is alive. Default: 20 s. */
  heartbeatMs?: number;
  /** How long a request may take to come in whole. Default: a minute. */
  receiveMs?: number;
  queueKind: 'postgres' | 'redis';
  metrics: Metrics;
  /** All that is known now, as Prometheus reads it. */
  scrape: () => Promise<string>;
  /** Whether an `Authorization` header may read the metrics. */
  isMetricsToken: (authorization: string | undefined) => boolean;
  /** What answers are kept in. */
  answers: Answers;
  /** Where limits are counted for all API processes; `null` = by each for itself. */
  redis: SharedRedis | null;
  apiKeys: readonly string[];
  accounts: Accounts;
  /** Told when a user has chosen another password. */
  passwordChanged: (email: string) => Promise<void>;
  /** Requests a minute and key; 0 = no limit. */
  rateLimit: number;
  /** How many proxies of our own a request comes through. */
  trustedProxies: number;
  frontendUrl: string | undefined;
  mail: RenderOptions & { from: string; domain: string };
  version: string;
  /** Where the dashboard was built to. It may be missing: the API does without. */
  dashboardDir: string;
  log: FastifyBaseLogger;
};

/** The server as the routes see it: their schemas are zod's, and so are the types of what they read. */
export type ZodApp = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;
