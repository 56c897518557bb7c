/** One request as it goes over the wire. */
export type FuzzRequest = {
  /** Its place in the run: with the seed, all that is needed to make it again. */
  index: number;
  /** The operation of the document, or a name for what is none of them. */
  operation: string;
  /** What is wrong with it. */
  kind: string;
  method: string;
  target: string;
  headers: Header[];
  body: Buffer;
  /** What `body` is cut into chunks of. */
  content: Buffer;
  /** Broken as HTTP: it gets a connection of its own, and must end in one refusal or a closed connection. */
  isBrokenHttp: boolean;
};

export type Header = [name: string, value: string];

/** The bytes of a request; headers are Latin-1, as they are in HTTP. */
export function rawRequest({ method, target, headers, body }: FuzzRequest): Buffer {
  const head = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

const SHOWN = 3000;

/** A request for a person, to be sent again: with `printf` and `nc`, as curl would not send all of them. */
export function shownRequest(request: FuzzRequest, address: string): string {
  const raw = rawRequest(request);
  const shown = raw
    .subarray(0, SHOWN)
    .toString('latin1')
    .replaceAll(/[^ -~]|[\\'%]/g, escaped);
  const rest = raw.length > SHOWN ? ` # and ${raw.length - SHOWN} bytes more` : '';
  return `printf '${shown}' | nc -q 2 ${new URL(address).hostname} ${new URL(address).port}${rest}`;
}

function escaped(character: string): string {
  if (character === '%') return '%%';
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
