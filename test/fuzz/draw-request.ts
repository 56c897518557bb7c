import { createRandom, type Random } from '../../src/synthetic/random.ts';
import { brokenAddress, ELSEWHERE, validAddress } from './address.ts';
import { BROKEN_HTTP } from './broken-http.ts';
import type { Operation } from './document.ts';
import type { FuzzRequest, Header } from './fuzz-request.ts';
import { type Credentials, callerHeaders, hostHeader, oddHeaders } from './headers.ts';
import { type Body, brokenBody, mutatedValue, plainBody } from './json-text.ts';
import { validValue, type World } from './valid-values.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'LINK', 'QUERY'];
const NOTHING: Body = { bytes: Buffer.alloc(0), headers: {} };

/** Request `index` of a run: the same seed draws the same one. */
export function drawRequest(
  seed: number,
  index: number,
  operations: readonly Operation[],
  world: World,
  credentials: Credentials,
): FuzzRequest {
  const random = createRandom(seed, `request ${index}`);
  const host = hostHeader(credentials, random);
  const kind = random.fraction();
  if (kind < 0.02) {
    const broken = random.pick(BROKEN_HTTP)(credentials, random);
    return { index, ...broken, content: broken.body, isBrokenHttp: true };
  }
  if (kind < 0.05) {
    const method = random.pick(METHODS);
    const headers = [host, ...callerHeaders(credentials, random), ...framed(method, NOTHING, random)];
    const target = random.pick(ELSEWHERE);
    return {
      index,
      operation: 'elsewhere',
      kind: 'unknown address',
      method,
      target,
      headers,
      body: NOTHING.bytes,
      content: NOTHING.bytes,
      isBrokenHttp: false,
    };
  }
  const operation = random.weighted(operations);
  const what = wrongThing(operation, random);
  const method = what === 'method' ? random.pick(METHODS) : operation.method;
  const target = what === 'address' ? brokenAddress(world, random, operation) : validAddress(world, random, operation);
  const body = bodyFor(operation, what, world, random);
  const headers = [
    host,
    ...callerHeaders(credentials, random),
    ...(what === 'headers' ? oddHeaders(random) : []),
    ...framed(method, body, random),
  ];
  const chunked = headers.some(([name]) => name === 'transfer-encoding');
  const bytes = chunked ? inChunks(body.bytes, random) : body.bytes;
  const content = body.bytes;
  return {
    index,
    operation: operation.name,
    kind: what,
    method,
    target,
    headers,
    body: bytes,
    content,
    isBrokenHttp: false,
  };
}

type Wrong = 'nothing' | 'address' | 'headers' | 'method' | 'field' | 'body' | 'stray body';

function wrongThing({ body }: Operation, random: Random): Wrong {
  const kinds: readonly Wrong[] =
    body === null
      ? ['nothing', 'nothing', 'address', 'address', 'address', 'headers', 'method', 'stray body']
      : ['nothing', 'nothing', 'address', 'headers', 'method', 'field', 'field', 'field', 'field', 'body', 'body'];
  return random.pick(kinds);
}

function bodyFor({ body }: Operation, what: Wrong, world: World, random: Random): Body {
  if (what === 'stray body') return brokenBody(random, { x: 1 });
  if (body === null) return NOTHING;
  const value = validValue(world, random, body);
  if (what === 'body') return brokenBody(random, value);
  return plainBody(what === 'field' ? mutatedValue(random, value) : value);
}

/** How the body is announced; sometimes in chunks. */
function framed(method: string, { bytes, headers }: Body, random: Random): Header[] {
  const given = Object.entries(headers);
  if (bytes.length === 0 && (method === 'GET' || random.chance(0.5))) return given;
  return [...given, random.chance(0.05) ? ['transfer-encoding', 'chunked'] : ['content-length', String(bytes.length)]];
}

function inChunks(bytes: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const part = bytes.subarray(at, at + random.integer(1, 4000));
    parts.push(
      Buffer.from(`${part.length.toString(16)}${random.chance(0.1) ? ';x="y"' : ''}\r\n`),
      part,
      Buffer.from('\r\n'),
    );
    at += part.length;
  }
  const trailer = random.chance(0.1) ? 'x-api-key: nobody\r\n' : '';
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)]);
}
