import { clearLine, cursorTo } from 'node:readline';

/** Whether a person watches. */
export function isTerminal(): boolean {
  return process.stderr.isTTY ?? false;
}

/** Tells the person at the terminal; data goes to standard output, all else to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Data of a command: what a pipe or a file gets. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** `share`: how much of the work that is, 0 to 1, where that is known. */
export type Progress = { at: (done: number, share?: number) => void; end: () => void };

const LINE_EVERY_MS = 100;
const LOG_EVERY_MS = 10_000;

/** How far a long command is, of `total` where that is known: one line that is written over on a terminal, now and then a line elsewhere. */
export function progress(what: string, total: number | null): Progress {
  let shownAt = 0;
  let last: { done: number; share: number | undefined } | null = null;
  const show = () => {
    const line = last === null ? '' : progressLine(what, total, last.done, last.share);
    if (!isTerminal()) return say(line);
    cursorTo(process.stderr, 0);
    process.stderr.write(line);
    clearLine(process.stderr, 1);
  };
  return {
    at: (done, share = total === null ? undefined : done / Math.max(total, 1)) => {
      // Asked with each row of a file: words are found only for what is shown.
      last = { done, share };
      const now = Date.now();
      if (now - shownAt < (isTerminal() ? LINE_EVERY_MS : LOG_EVERY_MS)) return;
      shownAt = now;
      show();
    },
    end: () => {
      show();
      if (isTerminal()) process.stderr.write('\n');
    },
  };
}

function progressLine(what: string, total: number | null, done: number, share: number | undefined): string {
  const percent = share === undefined ? '' : ` (${Math.floor(100 * share)} %)`;
  const ofTotal = total === null ? '' : ` of ${total.toLocaleString('en')}`;
  return `${what}: ${done.toLocaleString('en')}${ofTotal}${percent}`;
}
