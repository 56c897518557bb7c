import type { Random } from '../../src/synthetic/random.ts';
import type { Operation, Parameter } from './document.ts';
import { hostileValue, withoutMarks } from './json-text.ts';
import { validValue, type World } from './valid-values.ts';

/** An address that the document allows. */
export function validAddress(world: World, random: Random, { path, parameters }: Operation): string {
  const query = parameters.filter(({ in: place, required }) => place === 'query' && (required || random.chance(0.35)));
  const pairs = query.map((parameter) => [parameter.name, String(validValue(world, random, parameter.schema))]);
  return withQuery(filledPath(world, random, path, parameters), new URLSearchParams(pairs).toString());
}

/** As `validAddress`, but for one thing that is wrong in its path or its query. */
export function brokenAddress(world: World, random: Random, operation: Operation): string {
  const address = validAddress(world, random, operation);
  const [path = '', query = ''] = address.split('?');
  if (random.chance(0.35)) return withQuery(brokenPath(random, path), query);
  return withQuery(path, [query, brokenPair(random, operation.parameters)].filter(Boolean).join('&'));
}

function filledPath(world: World, random: Random, path: string, parameters: readonly Parameter[]): string {
  const field = path.startsWith('/api/reports') ? 'report_id' : 'tutor_id';
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema ?? {};
    return encodeURIComponent(String(validValue(world, random, schema, field)));
  });
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

/** As an address in HTTP can carry them: without the spaces and controls that would end it. */
const PIECES = [
  '%2e%2e',
  '..',
  '%2e%2e%2f%2e%2e%2f',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%00',
  '%zz',
  '%',
  '%ff',
  '%ED%A0%80',
  '%F0%9F%A6%89',
  '%0d%0aX-Injected:1',
  '%5c..%5c',
  '%2F',
  '//',
  ';a=b',
  '.json',
  '*',
  ':id',
  '{id}',
  '~',
  "'--",
  'x'.repeat(99),
  'x'.repeat(101),
  'x'.repeat(6000),
  '../'.repeat(200),
  '0',
  '-1',
  'null',
  '__proto__',
  'constructor',
];

function brokenPath(random: Random, path: string): string {
  const piece = random.pick(PIECES);
  const parts = path.split('/');
  const at = random.integer(1, parts.length);
  switch (random.integer(0, 6)) {
    case 0:
      return `/${[...parts.slice(1, at), piece, ...parts.slice(at)].join('/')}`;
    case 1:
      return `${parts.slice(0, -1).join('/')}/${piece}`;
    case 2:
      return `${path}${piece}`;
    case 3:
      return `${path}/`;
    case 4:
      return path.toUpperCase();
    case 5:
      return `//${path}`;
    default:
      return `${parts.slice(0, -1).join('/')}/${encoded(random, hostileValue(random))}`;
  }
}

function brokenPair(random: Random, parameters: readonly Parameter[]): string {
  const known = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const name =
    random.chance(0.85) && known.length > 0 ? random.pick(known) : random.pick(['x', '__proto__', '', 'toString']);
  const value = encoded(random, hostileValue(random));
  return random.pick([
    `${name}=${value}`,
    `${name}=${value}`,
    `${name}=${value}`,
    `${name}=${value}`,
    name,
    `${name}=`,
    `${name}=1&${name}=2`,
    `${name}[]=1`,
    `${name}[a][b]=1`,
    `${name}[__proto__]=1`,
    `;${name}=1`,
    `&&&=&${name}=1&`,
    `${name}=${random.pick(PIECES)}`,
    `${name}=1#x`,
    Array.from({ length: 1200 }, (_, index) => `${name}=${index}`).join('&'),
  ]);
}

/** Encoded as it should be, twice, or hardly. */
function encoded(random: Random, value: unknown): string {
  const text = withoutMarks(value).toWellFormed().slice(0, 2500);
  const once = encodeURIComponent(text);
  const kind = random.fraction();
  if (kind < 0.7) return once;
  if (kind < 0.8) return encodeURIComponent(once);
  return Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[\s\0#]/g, '+')
    .replaceAll(/[^!-~]/g, '?');
}

/** Addresses that the document does not know. */
export const ELSEWHERE: readonly string[] = [
  '/',
  '/.env',
  '/.git/config',
  '/api',
  '/api/',
  '/api/none',
  '/apis',
  '/api/docs/static/../../../package.json',
  '/api/docs/static/%2e%2e%2f%2e%2e%2fpackage.json',
  '/api/docs/%00',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/index.html',
  '/assets/index.js%00.css',
  '/assets/-.',
  '/index.html',
  '/favicon.ico',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%5c..%5cwindows',
  '//evil.example/api',
  '/\\evil.example',
  'http://evil.example/api/livez',
  '*',
  '/tutors/%ff',
  '/wp-login.php',
  '/api/openapi.json?x=1',
  '/robots.txt',
  `/${'a/'.repeat(2000)}`,
  `/tutors/${'x'.repeat(7000)}`,
];
