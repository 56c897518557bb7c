const NEWLINE = 0x0a;
/** A line of ours is far shorter; what is longer is no text. */
const LONGEST_LINE = 16 * 1024 * 1024;

export type LineReader = {
  /** The next line with its line break; `null` after the last one, also where that was broken off. */
  line(): Promise<Buffer | null>;
  /** The lines before the one that is `end`, many at once, each also given to `see`; all there is where `end` never comes. */
  linesUntil(end: string, see: (lines: Buffer) => void): AsyncGenerator<Buffer>;
};

/** Reads bytes as lines, holding no more of them than came at once. */
export function lineReader(source: AsyncGenerator<Buffer>): LineReader {
  /** Begins where a line begins. */
  let rest: Buffer = Buffer.alloc(0);

  const more = async (): Promise<boolean> => {
    const { value, done } = await source.next();
    if (done === true || rest.length > LONGEST_LINE) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  };
  const take = (length: number): Buffer => {
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };

  return {
    line: async () => {
      for (;;) {
        const end = rest.indexOf(NEWLINE);
        if (end !== -1) return take(end + 1);
        if (!(await more())) return null;
      }
    },
    linesUntil: async function* (end, see) {
      for (;;) {
        const length = rest.subarray(0, end.length).equals(Buffer.from(end)) ? 0 : rest.indexOf(`\n${end}`) + 1;
        const isLast = length > 0 || rest.subarray(0, end.length).equals(Buffer.from(end));
        const lines = take(isLast ? length : rest.lastIndexOf(NEWLINE) + 1);
        if (lines.length > 0) {
          see(lines);
          yield lines;
        }
        if (isLast) {
          take(end.length);
          return;
        }
        if (!(await more())) return;
      }
    },
  };
}
