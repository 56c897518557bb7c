import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { formatNumber } from '../contract/format.ts';
import { databaseClock } from '../database/clock.ts';
import { describePrior } from '../evidence/describe.ts';
import { listPriors, priorAt } from '../evidence/prior-queries.ts';
import { refreshEvidence } from '../evidence/refresh-evidence.ts';
import { withPlatform } from './platform.ts';
import { print, say } from './terminal.ts';

/** `npm run -s prior`: what is usual among tutors, and how that has changed night by night; `--refit` fits it now. */
export async function prior(config: Config, log: Logger, options: { limit: number; refit: boolean }): Promise<void> {
  await withPlatform(config, log, async ({ db }) => {
    if (options.refit) await refreshEvidence(db, databaseClock, config.TIMEZONE);
    const current = describePrior(await priorAt(db, await databaseClock(db)));
    say(
      `${BASIS[current.basis]} Nine of ten tutors move ${range(current)} of 100 sessions, ${rate(current.mean_rate)} on average.`,
    );
    const history = (await listPriors(db, options.limit)).map(describePrior);
    print([HEADER, ...history.map(cells)].map(line).join(''));
  });
}

const BASIS = {
  fitted: 'Tutors differ.',
  no_difference: 'The data show no difference between tutors.',
  assumed: 'There is too little data to tell how tutors differ; the usual is assumed.',
} as const;

type Shown = ReturnType<typeof describePrior>;

const HEADER = ['version', 'fitted at', 'basis', 'mean', 'nine of ten', 'a', 'b', 'tutors', 'sessions', 'moves'];
const WIDTHS = [7, 20, 13, 7, 12, 9, 9, 7, 10, 8];

function cells(shown: Shown): string[] {
  return [
    String(shown.version),
    shown.as_of?.toISOString().slice(0, 19).concat('Z') ?? '',
    shown.basis,
    rate(shown.mean_rate),
    range(shown),
    shown.a.toPrecision(4),
    shown.b.toPrecision(4),
    formatNumber(shown.tutors),
    formatNumber(shown.sessions),
    formatNumber(shown.reschedules),
  ];
}

function range({ rate_lower, rate_upper }: Shown): string {
  return `${rate(rate_lower)} to ${rate(rate_upper)}`;
}

function rate(value: number): string {
  return value.toFixed(1);
}

function line(columns: string[]): string {
  return `${columns.map((cell, index) => cell.padStart(WIDTHS[index] ?? 0)).join('  ')}\n`;
}
