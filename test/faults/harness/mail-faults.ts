import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import type { MailManner } from './mail-sink.ts';
import type { Stage } from './stage.ts';

const HELD_MS = 8_000;
const POLL_MS = 20;

/** Mail that is refused, late or broken off at each stage, and processes that die between the answer and the record. */
export const MAIL_FAULTS: readonly Fault[] = [
  ...(['connect', 'recipient', 'data'] as const).flatMap((at) => [
    misbehaving(`mail put off at ${at} (451)`, { kind: 'refuse', at, code: 451 }),
    misbehaving(`mail refused at ${at} (550)`, { kind: 'refuse', at, code: 550 }),
  ]),
  misbehaving('mail told to wait (421)', { kind: 'refuse', at: 'connect', code: 421 }),
  misbehaving('mail taken late', { kind: 'delay', ms: 2_500 }),
  misbehaving('mail line broken in the middle of a mail', { kind: 'drop', at: 'data' }),
  misbehaving('mail line broken before the answer', { kind: 'drop', at: 'answer' }),
  {
    kind: 'mail server cannot be reached',
    harms: ['mail'],
    holdMs: [500, 3_000],
    begin: async ({ toMail }) => {
      await toMail.cut();
      return { target: 'mail', end: () => toMail.restore() };
    },
  },
  {
    kind: 'workers killed before the answer to a mail',
    harms: ['mail', 'worker'],
    holdMs: [0, 500],
    begin: async (stage) => {
      const { sink, workers } = stage;
      await holdMails(stage);
      await Promise.all(workers.map(({ process }) => process.end('SIGKILL')));
      sink.behave();
      const end = async () => void (await Promise.all(workers.map(({ process }) => process.start())));
      return { target: 'both workers', end };
    },
  },
  {
    kind: 'PostgreSQL killed before the answer to a mail',
    harms: ['mail', 'PostgreSQL'],
    holdMs: [0, 2_000],
    aimMs: 15_000,
    begin: async (stage) => {
      await holdMails(stage);
      await stage.postgres.end('SIGKILL');
      stage.sink.behave();
      return { target: 'postgres', end: () => stage.postgres.start() };
    },
  },
];

function misbehaving(kind: string, manner: MailManner): Fault {
  return {
    kind,
    harms: ['mail'],
    holdMs: [500, 3_000],
    begin: async ({ sink }) => {
      sink.manner = manner;
      return { target: 'mail', end: async () => sink.behave() };
    },
  };
}

/** Until a mail is taken and its sender not told, or nobody sends one for long. */
async function holdMails({ sink }: Stage): Promise<void> {
  sink.manner = { kind: 'hold' };
  for (let waited = 0; sink.held() === 0 && waited < HELD_MS; waited += POLL_MS) await wait(POLL_MS);
}
