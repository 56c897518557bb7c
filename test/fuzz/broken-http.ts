import type { Random } from '../../src/synthetic/random.ts';
import type { FuzzRequest, Header } from './fuzz-request.ts';
import type { Credentials } from './headers.ts';

type Broken = Omit<FuzzRequest, 'index' | 'content' | 'isBrokenHttp'>;
type Draw = (credentials: Credentials, random: Random) => Broken;

/** What would be stored, or shown, if somebody took a part of a request for another one. */
function smuggled({ host, key }: Credentials): string {
  const body = '{"risk_threshold":99.99}';
  return `PUT /api/settings HTTP/1.1\r\nhost: ${host}\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function post(kind: string, headers: (credentials: Credentials) => Header[], body: (inner: string) => string): Draw {
  return (credentials) => ({
    operation: 'broken HTTP',
    kind,
    method: 'POST',
    target: '/api/sessions',
    headers: [
      ['host', credentials.host],
      ['x-api-key', credentials.key],
      ['content-type', 'application/json'],
      ...headers(credentials),
    ],
    body: Buffer.from(body(smuggled(credentials)), 'latin1'),
  });
}

function get(kind: string, line: { method?: string; target?: string }, headers: (host: string) => Header[]): Draw {
  return ({ host }) => ({
    operation: 'broken HTTP',
    kind,
    method: line.method ?? 'GET',
    target: line.target ?? '/api/livez',
    headers: headers(host),
    body: Buffer.alloc(0),
  });
}

const sized = (length: number | string): Header => ['content-length', String(length)];
const chunked = (coding = 'chunked'): Header => ['transfer-encoding', coding];
const withHost = (host: string): Header[] => [['host', host]];

/** What no HTTP client sends: two meanings of one request, and what is no request at all. */
export const BROKEN_HTTP: readonly Draw[] = [
  post(
    'length and chunks',
    () => [sized(4), chunked()],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'chunks and length',
    () => [chunked(), sized(6)],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'two lengths',
    () => [sized(0), sized(2)],
    (inner) => `{}${inner}`,
  ),
  post(
    'length list',
    () => [sized('0, 0')],
    (inner) => inner,
  ),
  post(
    'signed length',
    () => [sized('+2')],
    (inner) => `{}${inner}`,
  ),
  post(
    'negative length',
    () => [sized(-1)],
    (inner) => inner,
  ),
  post(
    'hexadecimal length',
    () => [sized('0x2')],
    (inner) => `{}${inner}`,
  ),
  post(
    'fractional length',
    () => [sized('2.0')],
    (inner) => `{}${inner}`,
  ),
  post(
    'huge length',
    () => [sized('99999999999999999999999')],
    (inner) => inner,
  ),
  post(
    'NUL in the length',
    () => [sized('2\0')],
    (inner) => inner,
  ),
  post(
    'length too long',
    () => [sized(500)],
    () => '{"a":1',
  ),
  post(
    'chunked twice',
    () => [chunked('chunked, chunked')],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'chunked with a tab',
    () => [chunked('\tchunked\t'), sized(3)],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'chunked not last',
    () => [chunked('chunked, identity')],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'unknown coding',
    () => [chunked('xchunked')],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'two codings',
    () => [chunked('identity'), chunked()],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'space before the colon',
    () => [['transfer-encoding ', 'chunked'], sized(4)],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'folded coding',
    () => [['transfer-encoding', '\r\n chunked'], sized(4)],
    (inner) => `0\r\n\r\n${inner}`,
  ),
  post(
    'bad chunk size',
    () => [chunked()],
    () => 'zz\r\n{}\r\n0\r\n\r\n',
  ),
  post(
    'huge chunk size',
    () => [chunked()],
    () => 'FFFFFFFFFFFFFFFFF\r\n{}',
  ),
  post(
    'negative chunk size',
    () => [chunked()],
    () => '-2\r\n{}\r\n0\r\n\r\n',
  ),
  post(
    'chunk longer than said',
    () => [chunked()],
    () => '1\r\n{}\r\n0\r\n\r\n',
  ),
  post(
    'bare LF in chunks',
    () => [chunked()],
    (inner) => `2\n{}\n0\n\n${inner}`,
  ),
  post(
    'endless chunk extension',
    () => [chunked()],
    () => `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  ),
  post(
    'broken trailer',
    () => [chunked()],
    () => '0\r\nnonsense\r\n\r\n',
  ),
  get('no host', {}, () => []),
  get('two hosts', {}, (host) => [
    ['host', host],
    ['host', 'evil.example'],
  ]),
  get('header without a name', {}, (host) => [...withHost(host), ['', 'x']]),
  get('space in a name', {}, (host) => [...withHost(host), ['x y', 'z']]),
  get('NUL in a header', {}, (host) => [...withHost(host), ['x', 'a\0b']]),
  get('CR in a header', {}, (host) => [...withHost(host), ['x', 'a\rb']]),
  get('LF in a header', {}, (host) => [...withHost(host), ['x', 'a\nbad line']]),
  get('headers of 40 kB', {}, (host) => [...withHost(host), ['x', 'y'.repeat(40_000)]]),
  get('3,000 headers', {}, (host) => [...withHost(host), ...Array.from({ length: 3000 }, (): Header => ['a', 'b'])]),
  get('address of 20 kB', { target: `/api/tutors?search=${'x'.repeat(20_000)}` }, withHost),
  get('space in the address', { target: '/api/livez HTTP/1.1 x' }, withHost),
  get('control in the address', { target: '/api/\u0001livez' }, withHost),
  get('NUL in the address', { target: '/api/livez\0' }, withHost),
  get('address without a slash', { target: 'api/livez' }, withHost),
  get('unknown method', { method: 'BREW' }, withHost),
  get('lower-case method', { method: 'get' }, withHost),
  get('method of 5 kB', { method: 'G'.repeat(5000) }, withHost),
  get('CONNECT', { method: 'CONNECT', target: 'evil.example:443' }, withHost),
  get('HTTP/2 preface', { method: 'PRI', target: '*' }, () => []),
  get('TLS', { method: '\u0016\u0003\u0001\u0002\u0000\u0001', target: '\u0000' }, () => []),
  get('unknown expectation', { method: 'GET' }, (host) => [...withHost(host), ['expect', 'gifts']]),
  ({ host }, random) => ({
    operation: 'broken HTTP',
    kind: 'noise',
    method: Buffer.from(Array.from({ length: random.integer(1, 300) }, () => random.integer(0, 255))).toString(
      'latin1',
    ),
    target: '/',
    headers: [['host', host]],
    body: Buffer.alloc(0),
  }),
];
