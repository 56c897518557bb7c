import { setTimeout as wait } from 'node:timers/promises';
import { createRandom, type Random } from '../../../src/synthetic/random.ts';
import type { Begun, Fault } from './fault.ts';
import { FAULTS } from './faults.ts';
import type { Recovered, RecoveryClock } from './recovery.ts';
import type { Stage } from './stage.ts';

/** One fault as it was. Times in ms since 1970. */
export type FaultRecord = {
  kind: string;
  harms: readonly string[];
  target: string;
  beganAt: number;
  endedAt: number;
  aimMs: number | null;
  /** Another fault was going on. */
  isTwoAtOnce: boolean;
  /** From the end. */
  recovered: Recovered;
  /** From the beginning, where another one can take over. */
  goneOn: Recovered | null;
  /** From the end until the harmed API itself, or the harmed process, is there again. */
  backMs: number;
};

const TWO_AT_ONCE = 0.3;
const BACK_MS = 120_000;
const PAUSE_MS = [100, 500] as const;

/** Every kind that fits the queue, then those that kill and cut, in a seeded order; sometimes two at once. */
export function planFaults(seed: number, count: number, queue: Stage['queue'], only?: readonly string[]): Fault[][] {
  const random = createRandom(seed, 'script');
  const fitting = FAULTS.filter(({ needs, kind }) => (needs ?? queue) === queue && (only?.includes(kind) ?? true));
  const often = fitting.filter(({ aimMs }) => aimMs !== undefined);
  const drawn: Fault[] = random.shuffled(fitting).slice(0, count);
  while (drawn.length < count) drawn.push(random.pick(often.length === 0 ? fitting : often));
  const left = random.shuffled(drawn);
  const slots: Fault[][] = [];
  for (let fault = left.pop(); fault !== undefined; fault = left.pop()) {
    const { harms } = fault;
    const other = left.findLastIndex((next) => next.harms.every((harmed) => !harms.includes(harmed)));
    slots.push(other !== -1 && random.chance(TWO_AT_ONCE) ? [fault, ...left.splice(other, 1)] : [fault]);
  }
  return slots;
}

/** Lets the faults happen one after the other, each when work has gone on after the one before. */
export async function playFaults(
  stage: Stage,
  slots: readonly Fault[][],
  clock: RecoveryClock,
  seed: number,
  played: (records: readonly FaultRecord[]) => void,
): Promise<FaultRecord[]> {
  const random = createRandom(seed, 'moments');
  const records: FaultRecord[] = [];
  for (const slot of slots) {
    await wait(random.between(...PAUSE_MS));
    const now = await Promise.all(slot.map((fault) => play(stage, fault, slot.length > 1, clock, random)));
    records.push(...now);
    played(now);
  }
  return records;
}

async function play(stage: Stage, fault: Fault, isTwoAtOnce: boolean, clock: RecoveryClock, random: Random) {
  const { kind, harms, holdMs, hasOther = false, aimMs = null } = fault;
  const hold = random.between(...holdMs);
  const beganAt = Date.now();
  const { target, end, api }: Begun = await fault.begin(stage, random);
  const goingOn = hasOther ? clock(Date.now()) : null;
  await wait(hold);
  const endedAt = Date.now();
  const ended = end();
  const [goneOn, recovered, backMs] = await Promise.all([goingOn, clock(endedAt), back()]);
  return { kind, harms, target, beganAt, endedAt, aimMs, isTwoAtOnce, recovered, goneOn, backMs };

  async function back(): Promise<number> {
    const late = wait(BACK_MS, 'late' as const, { ref: false });
    if ((await Promise.race([ended, late])) === 'late')
      throw new Error(`${target} was not back in ${BACK_MS / 1000} s`);
    if (api === undefined) return Date.now() - endedAt;
    return (await clock(endedAt, api)).acceptedMs;
  }
}
