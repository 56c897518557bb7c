import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../../src/errors.ts';
import { startLoad } from './load.ts';
import { type MailCounts, verifyMails } from './mails.ts';
import { Model } from './model.ts';
import { Posts } from './posts.ts';
import { recoveryClock } from './recovery.ts';
import { type FaultRecord, planFaults, playFaults } from './script.ts';
import { Sender } from './sender.ts';
import { settle } from './settle.ts';
import { type Stage, setStage } from './stage.ts';
import { type Problems, verifyStored } from './verify.ts';
import { type Memory, verifyQuiet, watchMemory } from './watch.ts';

export type RunOptions = {
  seed: number;
  faults: number;
  queue: Stage['queue'];
  /** Requests a second, of all clients together. */
  perSecond: number;
  /** Whether PostgreSQL waits for the disk, as in production. */
  isDurable: boolean;
  /** These kinds alone; all that fit when absent. */
  kinds?: readonly string[];
};

export type RunResult = {
  options: RunOptions;
  seconds: number;
  faults: FaultRecord[];
  sessions: number;
  answers: Record<string, number>;
  mails: MailCounts | null;
  memory: Memory;
  /** What broke a promise; empty when all held. */
  problems: Problems;
};

const WARM_UP_MS = 1_000;

/**
 * One run: the real processes under load, a seeded script of faults, then quiet, then everything that was promised is
 * looked at. `played` hears of the faults as they are over.
 *
 * What it is made of: `stage.ts` the processes and the lines between them, `posts.ts` what is sent, `model.ts` what
 * must come of it, `script.ts` which fault comes when, `recovery.ts` how soon work goes on, `settle.ts` the quiet
 * afterwards, `verify.ts`, `mails.ts` and `watch.ts` the promises.
 */
export async function runFaults(
  options: RunOptions,
  played: (records: readonly FaultRecord[]) => void,
): Promise<RunResult> {
  const { seed, queue } = options;
  const startMs = Date.now();
  const stage = await setStage(queue, options.isDurable);
  const posts = new Posts(seed, startMs);
  const model = new Model(startMs);
  const addresses = stage.apis.map(({ address }) => address);
  const sender = new Sender(addresses, model);
  const memory = watchMemory(stage);
  const faults: FaultRecord[] = [];
  const problems: Problems = [];
  let mails: MailCounts | null = null;
  await sender.deliver(posts.first(), AbortSignal.timeout(60_000));
  const load = startLoad(posts, sender, options.perSecond);
  try {
    await wait(WARM_UP_MS);
    const slots = planFaults(seed, options.faults, queue, options.kinds);
    const clock = recoveryClock(stage, posts, sender);
    await playFaults(stage, slots, clock, seed, (now) => {
      faults.push(...now);
      played(now);
    });
    await load.stop();
    await settle(stage);
    const arrived = await verifyMails(stage, faults);
    mails = arrived.counts;
    problems.push(...(await verifyStored(stage, model)), ...arrived.problems);
  } catch (error) {
    problems.push(`the run broke off: ${messageOf(error)}`);
    await load.abandon();
  }
  const most = memory.stop();
  for (const [name, code] of await stage.strike()) {
    if (code !== 0) problems.push(`${name} ended with ${code} when it was asked to stop`);
  }
  problems.push(...verifyQuiet(stage, most, faults), ...answerProblems(sender));
  const seconds = Math.round((Date.now() - startMs) / 1000);
  const answers = Object.fromEntries(sender.answers);
  return { options, seconds, faults, sessions: model.size, answers, mails, memory: most, problems };
}

/** Nothing of what is sent breaks a rule, and whatever happens is no bug: only 202, 503 and silence are right. */
function answerProblems({ answers }: Sender): Problems {
  const strange = [...answers].filter(([answer]) => !['202', '503', 'none'].includes(answer));
  return strange.map(([answer, times]) => `${times} requests were answered with ${answer}`);
}
