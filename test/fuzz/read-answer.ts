import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export type Answer = { status: number; headers: Map<string, string>; body: Buffer };

/** An answer and how many bytes it took; `null` = it is not there in whole yet. */
export type ReadAnswer = { answer: Answer; used: number } | null;

/**
 * Reads the first answer of what a server said, by the letter of HTTP/1.1.
 *
 * @throws when it is none
 */
export function readAnswer(said: Buffer, method: string, isEnded: boolean): ReadAnswer {
  const end = said.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const [top = '', ...lines] = said.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) /.exec(`${top} `)?.[1]);
  if (Number.isNaN(status)) throw new Error(`no status line: ${JSON.stringify(top.slice(0, 100))}`);
  const start = end + 4;
  if (status < 200) {
    const next = readAnswer(said.subarray(start), method, isEnded);
    return next === null ? null : { ...next, used: next.used + start };
  }
  const headers = headersOf(lines);
  const hasNone = method === 'HEAD' || status === 204 || status === 304;
  const found = hasNone ? { body: Buffer.alloc(0), used: 0 } : bodyOf(said.subarray(start), headers, isEnded);
  if (found === null) return null;
  return { answer: { status, headers, body: unpacked(found.body, headers) }, used: start + found.used };
}

const UNPACK: Record<string, (packed: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
  zstd: zstdDecompressSync,
};

function unpacked(body: Buffer, headers: Map<string, string>): Buffer {
  const encoding = headers.get('content-encoding');
  if (encoding === undefined || body.length === 0) return body;
  const unpack = UNPACK[encoding];
  if (unpack === undefined) throw new Error(`packed in a way of its own: ${encoding}`);
  return unpack(body);
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no header: ${JSON.stringify(line.slice(0, 100))}`);
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

type ReadBody = { body: Buffer; used: number } | null;

function bodyOf(rest: Buffer, headers: Map<string, string>, isEnded: boolean): ReadBody {
  const length = headers.get('content-length');
  // It has no end, and is not waited for.
  if (headers.get('content-type') === 'text/event-stream') return { body: Buffer.alloc(0), used: rest.length };
  if (headers.get('transfer-encoding') === 'chunked') return chunksOf(rest);
  if (length !== undefined) {
    const used = Number(length);
    return rest.length < used ? null : { body: rest.subarray(0, used), used };
  }
  return isEnded ? { body: rest, used: rest.length } : null;
}

function chunksOf(rest: Buffer): ReadBody {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    const start = lineEnd + 2;
    if (rest.length < start + size + 2) return null;
    if (size === 0) return { body: Buffer.concat(parts), used: start + 2 };
    parts.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
