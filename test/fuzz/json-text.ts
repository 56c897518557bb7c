import { gzipSync } from 'node:zlib';
import type { Random } from '../../src/synthetic/random.ts';
import { BYTES, NUMBERS, RAW, STRANGERS, TEXTS, TIMES } from './hostile.ts';

export type Body = { bytes: Buffer; headers: Record<string, string> };
const JSON_TYPE = { 'content-type': 'application/json' };

/** JSON in which what is marked as raw stands as it is. */
export function plainBody(value: unknown): Body {
  const text = (JSON.stringify(value) ?? '').replaceAll(/"@@raw:(.*?)@@"/g, (_, raw: string) =>
    String(JSON.parse(`"${raw}"`)),
  );
  const binary = Buffer.from(text).toString('latin1');
  const bytes = binary.replaceAll(/@@bytes:([\da-f]*)@@/g, (_, hex: string) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  );
  return { bytes: Buffer.from(bytes, 'latin1'), headers: JSON_TYPE };
}

/** Something hostile for any field. */
export function hostileValue(random: Random): unknown {
  return random.pick(random.pick([TEXTS, TIMES, NUMBERS, STRANGERS]));
}

/** The value with one thing about it changed, wherever in it. */
export function mutatedValue(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.02)) return hostileValue(random);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.chance(0.1)) return [...value, hostileValue(random)];
    const at = random.integer(0, value.length - 1);
    return value.map((item: unknown, index) => (index === at ? mutatedValue(random, item) : item));
  }
  const fields = Object.entries(value);
  const kind = random.fraction();
  if (fields.length === 0 || kind < 0.1) {
    return { ...value, [random.pick(['extra', '', '__proto__x', 'toString', 'isAdmin', 'x'.repeat(300), 'ключ'])]: 1 };
  }
  const [name, inner] = random.pick(fields);
  if (kind < 0.2) return Object.fromEntries(fields.filter(([other]) => other !== name));
  if (kind < 0.3) return { ...value, [name]: null };
  if (kind < 0.36) return { ...value, [name]: [inner] };
  if (kind < 0.42) return { ...value, [name]: typeof inner === 'string' ? 1 : String(inner) };
  const isDeep = typeof inner === 'object' && inner !== null && random.chance(0.8);
  return { ...value, [name]: isDeep ? mutatedValue(random, inner) : hostileValue(random) };
}

type BrokenBody = (text: string, random: Random) => Body;
const bytesOf = (bytes: Buffer | string, headers: Record<string, string> = {}): Body => ({
  bytes: Buffer.from(bytes),
  headers: { ...JSON_TYPE, ...headers },
});
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

/** Bodies that are broken as a whole: as JSON, as text, in what the headers say of them, or in their size. */
const BROKEN: readonly BrokenBody[] = [
  (text, random) => bytesOf(text.slice(0, random.integer(0, text.length - 1))),
  (text) => bytesOf(text + text),
  (text) => bytesOf(text.replace('}', ',}')),
  (text) => bytesOf(text.replaceAll('"', "'")),
  (text) => bytesOf(`/* hi */ ${text} // there`),
  (text) => bytesOf(text.replace(/"(\w+)":("[^"]*")/, '"$1":$2,"$1":"twice"')),
  (text) => bytesOf(text.replace('{', '{"__proto__":{"status":"completed"},')),
  (text) => bytesOf(text.replace('{', '{"constructor":{"prototype":{"x":1}},')),
  (text) => bytesOf(`\ufeff${text}`),
  (text) => bytesOf(Buffer.from(`\ufeff${text}`, 'utf16le')),
  (text) => bytesOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
  (text) => bytesOf(Buffer.from(text, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
  (text) => bytesOf(Buffer.from(`${text}\u00ff`, 'latin1')),
  (text) => bytesOf(text, { 'content-type': 'application/json; charset=latin1' }),
  (text, random) => {
    const bytes = Buffer.from(text);
    bytes[random.integer(0, Math.max(0, bytes.length - 1))] = random.integer(0, 255);
    return bytesOf(bytes);
  },
  (text) => bytesOf(`${text}\0\0\0`),
  () => bytesOf(''),
  () => bytesOf('   \r\n\t'),
  (_, random) => bytesOf(random.pick(['null', '[]', '{}', '"x"', '0', 'true', 'NaN', 'undefined', '[[[[', '\u2028'])),
  () => bytesOf(nested('[', ']', 20_000)),
  () => bytesOf(nested('{"a":', '}', 5000).replace('}', '1}')),
  () => bytesOf(`{"sessions":${nested('[', ']', 100_000)}}`),
  (text) => bytesOf(text.replace('{', `{"pad":"${'x'.repeat(64 * 1024)}",`)),
  (text) => bytesOf(text.padEnd(64 * 1024, ' ')),
  (text) => bytesOf(text.padEnd(64 * 1024 + 1, ' ')),
  (text) => bytesOf(gzipSync(text), { 'content-encoding': 'gzip' }),
  (text) => bytesOf(gzipSync(text)),
  (text) => bytesOf(text, { 'content-encoding': 'br' }),
  (text, random) =>
    bytesOf(text, {
      'content-type': random.pick([
        '',
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=utf-7',
        'application/json, text/plain',
        'APPLICATION/JSON',
        'application/json;;;=',
        'application/vnd.api+json',
        '\u00ff',
        'x'.repeat(5000),
      ]),
    }),
];

/** Seldom, because they are large. */
const HUGE: readonly BrokenBody[] = [
  (text) => bytesOf(text.padEnd(5 * 1024 * 1024, ' ')),
  () => bytesOf(`{"sessions":[${'{},'.repeat(1000)}{}]}`),
  () => bytesOf(`{"sessions":[${'{},'.repeat(999)}{}]}`),
  (text) => bytesOf(gzipSync(Buffer.alloc(50 * 1024 * 1024)), text === '' ? {} : { 'content-encoding': 'gzip' }),
  () => bytesOf(`{"sessions":${nested('[', ']', 1_500_000)}}`),
  () => bytesOf(`{${Array.from({ length: 5000 }, (_, index) => `"k${index}":1`).join(',')}}`),
];

export function brokenBody(random: Random, value: unknown): Body {
  const broken = random.pick(random.chance(0.02) ? HUGE : BROKEN);
  return broken(plainBody(value).bytes.toString(), random);
}

/** Text with its marks put into effect, for a place that is not JSON. */
export function withoutMarks(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll(RAW, '').replaceAll(BYTES, '').replaceAll('@@', '');
}
