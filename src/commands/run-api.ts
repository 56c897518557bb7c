import { readFileSync } from 'node:fs';
import { CHANGES_CHANNEL } from '../database/announce.ts';
import { databaseClock } from '../database/clock.ts';
import { listen } from '../database/listen.ts';
import { buildApp } from '../http/app.ts';
import { liveEvents } from '../http/live-events.ts';
import { openSignals } from '../queue/signals.ts';
import { groupCommit } from '../sessions/group-commit.ts';
import { ingestSessions } from '../sessions/ingest-sessions.ts';
import { receiptClock } from '../sessions/receipt-clock.ts';
import { mailOptions } from './mail-options.ts';
import type { Platform } from './platform.ts';

export type Running = { close(): Promise<void> };
export type RunningApi = Running & { address: string };

/** Serves the API until it is closed: then what is in hand is answered, and nothing new is taken. */
export async function runApi(platform: Platform, apiKeys: readonly string[]): Promise<RunningApi> {
  const { config, db, log, queue, connectionString } = platform;
  const signals = openSignals(queue, log);
  const events = liveEvents();
  const listening = await listen(connectionString, CHANGES_CHANNEL, (message) => events.publish(message || '{}'));
  const app = await buildApp({
    db,
    clock: databaseClock,
    groupCommit: groupCommit(
      (group) => ingestSessions(db, group),
      (results) => {
        for (const { bug } of results) if (bug !== undefined) log.error({ err: bug }, 'session not stored');
        if (results.some(({ outcome }) => outcome === 'created' || outcome === 'updated')) signals.sessionsWaiting();
      },
    ),
    receiptClock: receiptClock(() => new Date()),
    signals,
    liveEvents: events,
    queueKind: queue.kind,
    apiKeys,
    rateLimit: config.RATE_LIMIT,
    frontendUrl: config.FRONTEND_URL,
    mail: mailOptions(config),
    version: versionOf(),
    log,
  });
  const address = await app.listen({ port: config.PORT, host: config.HOST });
  return {
    address,
    close: async () => {
      await app.close();
      await listening.close();
      await signals.close();
    },
  };
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(version);
}
