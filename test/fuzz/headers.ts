import type { Random } from '../../src/synthetic/random.ts';
import type { Header } from './fuzz-request.ts';

export type Credentials = { host: string; key: string; cookie: string };

/** Who asks: mostly the key, often a signed-in person, sometimes nobody or somebody who pretends. */
export function callerHeaders({ key, cookie }: Credentials, random: Random): Header[] {
  const kind = random.fraction();
  if (kind < 0.78) return [['x-api-key', key]];
  if (kind < 0.88)
    return [
      ['cookie', cookie],
      ['sec-fetch-site', 'same-origin'],
    ];
  return random.pick<Header[]>([
    [],
    [['cookie', cookie]],
    [
      ['cookie', cookie],
      ['sec-fetch-site', 'cross-site'],
    ],
    [
      ['cookie', cookie],
      ['origin', 'null'],
    ],
    [
      ['cookie', `${cookie.slice(0, -4)}AAAA`],
      ['sec-fetch-site', 'same-origin'],
    ],
    [['cookie', 'tutor_quality.session_token=%E0%A4%A']],
    [['cookie', `tutor_quality.session_token=${'x'.repeat(4000)}.${'y'.repeat(4000)}`]],
    [['cookie', '; ;;=;__proto__=1;tutor_quality.session_token=; tutor_quality.session_token="\\']],
    [['cookie', `a=1; `.repeat(1000)]],
    [['x-api-key', '']],
    [['x-api-key', `${key}x`]],
    [['x-api-key', key.toUpperCase()]],
    [['x-api-key', `\u00ff${key}`]],
    [['x-api-key', "' or 1=1 --"]],
    [
      ['x-api-key', key],
      ['x-api-key', key],
    ],
    [
      ['x-api-key', 'wrong'],
      ['x-api-key', key],
    ],
    [['x-api-key', 'y'.repeat(8000)]],
    [['authorization', `Bearer ${key}`]],
    [['authorization', 'Basic OjpbXQ==']],
  ]);
}

/** Headers that make somebody believe something, or are of no good form; well-formed HTTP all the same. */
export function oddHeaders(random: Random): Header[] {
  return random.pick<Header[]>([
    [['accept', '*/*;q=NaN, text/html;q=1e999']],
    [['accept', 'text/html']],
    [['accept', 'x'.repeat(9000)]],
    [['accept-encoding', random.pick(['gzip', 'br', 'zstd, gzip;q=0', '*', 'identity;q=0', 'deflate;q=2', ',,,'])]],
    [['accept-language', "'; drop table tutors"]],
    [['x-forwarded-for', "127.0.0.1, ::1, <script>, ' or 1=1"]],
    [
      ['x-forwarded-host', 'evil.example'],
      ['x-forwarded-proto', 'gopher'],
      ['forwarded', 'for="_x";host=evil'],
    ],
    [['x-http-method-override', 'DELETE']],
    [['x-request-id', random.pick(['a b', '\u00ff', "'; --", '0'.repeat(5000), '${jndi:ldap://x}'])]],
    [
      [
        'traceparent',
        random.pick(['00-0-0-00', 'ff-'.repeat(100), '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01']),
      ],
    ],
    [['range', 'bytes=0-0,-1,5-2']],
    [
      ['if-none-match', '*'],
      ['if-modified-since', 'Thu, 99 Foo 0000 99:99:99 GMT'],
    ],
    [['origin', random.pick(['null', 'https://evil.example', 'http://[::1', '\u00ff', ''])]],
    [['sec-fetch-site', random.pick(['cross-site', 'same-site', 'none', 'x'])]],
    [['referer', 'javascript:alert(1)']],
    [['user-agent', `() { :;}; ${'\u00fc'.repeat(500)}`]],
    [['connection', 'close']],
    [['connection', 'keep-alive, x-api-key, host']],
    [
      ['connection', 'Upgrade, HTTP2-Settings'],
      ['upgrade', 'h2c'],
      ['http2-settings', 'AAMAAABkAAQCAAAAAAIAAAAA'],
    ],
    [
      ['connection', 'Upgrade'],
      ['upgrade', 'websocket'],
      ['sec-websocket-key', 'x'],
      ['sec-websocket-version', '13'],
    ],
    [['keep-alive', 'timeout=99999999, max=-1']],
    [['expect', '100-continue']],
    [['te', 'trailers, deflate;q=0.5']],
    [['max-forwards', '-1']],
    [
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['hasownproperty', 'z'],
    ],
    [
      ['x-empty', ''],
      ['x-tab', '\ta\t'],
    ],
    [
      ['access-control-request-method', 'PUT'],
      ['origin', 'https://evil.example'],
    ],
    Array.from({ length: 300 }, (_, index): Header => [`x-${index}`, 'y']),
  ]);
}

/** Hosts of one line; that there is exactly one, `broken-http.ts` breaks. */
export function hostHeader({ host }: Credentials, random: Random): Header {
  if (random.chance(0.95)) return ['host', host];
  return [
    'host',
    random.pick(['evil.example', 'a b', '[::1', 'a:99999', '%00', '../', "';--", '\u00ff', 'x'.repeat(3000)]),
  ];
}
