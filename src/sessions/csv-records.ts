import { parse } from 'csv-parse/sync';

/** A record of a CSV file, or why there is none; `line` is where it begins. */
export type CsvRecord =
  | { line: number; cells: string[]; problem?: never }
  | { line: number; problem: string; cells?: never };

const MAX_RECORD_BYTES = 64 * 1024;

/**
 * The records of a CSV file (RFC 4180), in a steady amount of memory. One that cannot be read costs itself alone: after
 * a line that is too long, or a quote that is never closed, reading goes on with the next line.
 */
export async function* csvRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  let open: Line[] = [];
  for await (const line of lines(bytes)) {
    open.push(line);
    while (open.length > 0) {
      const record = recordOf(open);
      if (record === null) break;
      open = open.slice(record.used);
      if (record.found !== null) yield record.found;
    }
  }
  while (open.length > 0) {
    const [first, ...rest] = open;
    if (first !== undefined) yield { line: first.line, problem: 'a quote is never closed' };
    open = rest;
    for (let record = recordOf(open); record !== null && open.length > 0; record = recordOf(open)) {
      open = open.slice(record.used);
      if (record.found !== null) yield record.found;
    }
  }
}

type Line = { line: number; text: string; problem: string | null };

/** The record that begins with the first of these lines, and how many of them it takes; `null` = it needs more. */
function recordOf(open: readonly Line[]): { found: CsvRecord | null; used: number } | null {
  const [first] = open;
  if (first === undefined) return null;
  const { line } = first;
  if (first.problem !== null) return { found: { line, problem: first.problem }, used: 1 };
  if (first.text === '') return { found: null, used: 1 };
  if (!first.text.includes('"')) return { found: unquoted(line, first.text), used: 1 };

  let text = '';
  for (const [index, next] of open.entries()) {
    text += index === 0 ? next.text : `\n${next.text}`;
    if (next.problem !== null || text.length > MAX_RECORD_BYTES) {
      return { found: { line, problem: 'a quote is never closed' }, used: 1 };
    }
    if (isBalanced(text)) return { found: quoted(line, text), used: index + 1 };
  }
  return null;
}

/** A file whose lines end with CR alone would be one line, and that its header. */
function unquoted(line: number, text: string): CsvRecord {
  if (text.includes('\r')) return { line, problem: 'has a CR in it: lines must end with LF or CRLF' };
  return { line, cells: text.split(',') };
}

function isBalanced(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 0;
}

function quoted(line: number, text: string): CsvRecord {
  try {
    const [cells = []] = parse(text, { max_record_size: MAX_RECORD_BYTES });
    return { line, cells };
  } catch {
    return { line, problem: 'a quote stands where none may: quote the whole cell, and double the quotes in it' };
  }
}

const NEWLINE = 0x0a;

/** Lines of UTF-8 without their ends and without a byte order mark. */
async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const last = chunk.subarray(start, end);
      yield lineOf(line, rest.length === 0 ? last : Buffer.concat([rest, last]), isTooLong);
      line += 1;
      start = end + 1;
      rest = Buffer.alloc(0);
      isTooLong = false;
    }
    isTooLong ||= rest.length + chunk.length - start > MAX_RECORD_BYTES;
    rest = isTooLong ? Buffer.alloc(0) : Buffer.concat([rest, chunk.subarray(start)]);
  }
  if (rest.length > 0 || isTooLong) yield lineOf(line, rest, isTooLong);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function lineOf(line: number, bytes: Buffer, isTooLong: boolean): Line {
  if (isTooLong || bytes.length > MAX_RECORD_BYTES) return { line, text: '', problem: 'is longer than 64 kB' };
  try {
    const text = utf8.decode(bytes);
    return { line, text: text.endsWith('\r') ? text.slice(0, -1) : text, problem: null };
  } catch {
    return { line, text: '', problem: 'is not UTF-8' };
  }
}
