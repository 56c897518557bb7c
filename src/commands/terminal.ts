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

export type Progress = { at: (done: number) => void; end: () => void };

const LINE_EVERY_MS = 100;
const LOG_EVERY_MS = 10_000;

/** How far a long command is: one line that is written over on a terminal, now and then a line elsewhere. */
export function progress(what: string, total: number | null): Progress {
  let shownAt = 0;
  let last = 0;
  const show = () => {
    const share =
      total === null ? '' : ` of ${total.toLocaleString('en')} (${Math.floor((100 * last) / Math.max(total, 1))} %)`;
    const line = `${what}: ${last.toLocaleString('en')}${share}`;
    if (!isTerminal()) return say(line);
    cursorTo(process.stderr, 0);
    process.stderr.write(line);
    clearLine(process.stderr, 1);
  };
  return {
    at: (done) => {
      last = done;
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
