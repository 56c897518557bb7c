import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { AppError, messageOf } from '../errors.ts';
import { generate } from '../synthetic/generate.ts';
import { createRandom } from '../synthetic/random.ts';
import { intervalMs, nextEvent, type SimulatedEvent } from '../synthetic/simulate.ts';
import { loadApiKeys } from './api-keys.ts';
import { progress, say } from './terminal.ts';

export type SimulateOptions = {
  url?: string;
  rate: number;
  speed: number;
  tutors: number;
  seed: number;
  count?: number;
};

const RETRY_MS = 1000;

/** `npm run simulate`: posts sessions until it is stopped, and repeats what was not accepted, as a good sender does. */
export async function simulate(config: Config, _log: Logger, options: SimulateOptions): Promise<number> {
  const url = `${options.url ?? `http://${config.HOST}:${config.PORT}`}/api/sessions`;
  const { keys } = await loadApiKeys(config, config.DATA_DIR);
  const random = createRandom(options.seed, 'simulation');
  const started = new Date();
  const { tutors } = generate({ ...options, sessions: 0, days: 1, asOf: started, timezone: config.TIMEZONE });
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());

  const total = options.count ?? null;
  const shown = progress('sessions accepted', total);
  const everyMs = intervalMs(options.rate, options.speed);
  let accepted = 0;
  let refused = 0;
  const send = async () => {
    const isAccepted = await post(url, keys[0] ?? '', nextEvent(random, tutors, new Date()), stopped.signal);
    accepted += isAccepted ? 1 : 0;
    refused += isAccepted ? 0 : 1;
    shown.at(accepted);
  };
  const posts = new Set<Promise<void>>();
  for (let index = 0; !stopped.signal.aborted && index < (total ?? Number.POSITIVE_INFINITY); index += 1) {
    await waitUntil(started.getTime() + index * everyMs, stopped.signal);
    const posted = send().finally(() => posts.delete(posted));
    posts.add(posted);
  }
  await Promise.all(posts);
  shown.end();
  say(`${accepted} accepted, ${refused} refused in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s.`);
  return refused > 0 ? 1 : 0;
}

async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  await wait(Math.max(0, time - Date.now()), undefined, { signal }).catch(() => {});
}

/** Returns whether the session was accepted; one that gets no answer is sent again, until it does. */
async function post(url: string, key: string, event: SimulatedEvent, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    try {
      const body = JSON.stringify(event);
      const headers = { 'content-type': 'application/json', 'x-api-key': key };
      const answer = await fetch(url, { method: 'POST', headers, body });
      if (answer.status === 202) return true;
      if (answer.status < 500 && answer.status !== 429) {
        throw new AppError('invalid', `${answer.status}: ${await answer.text()}`);
      }
    } catch (error) {
      if (error instanceof AppError) {
        say(error.message);
        return false;
      }
      say(`${messageOf(error)}: trying again`);
    }
    if (signal.aborted) return false;
    await wait(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}
