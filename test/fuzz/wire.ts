import { connect, type Socket } from 'node:net';
import { type FuzzRequest, rawRequest } from './fuzz-request.ts';
import { type Answer, readAnswer } from './read-answer.ts';

/** What came back for one request. */
export type Reply = {
  /** In order; one, or none when the server closed the connection without a word. */
  answers: Answer[];
  /** What is wrong with the answer or the connection as HTTP, if anything. */
  problem: string | null;
  ms: number;
};

/** Of a machine that has other things to do as well. */
const PATIENCE_MS = 120_000;
/** After an answer to what is broken, so long it is listened whether another one follows. */
const LISTEN_MS = 100;

/** Speaks HTTP with a server by the byte, over connections that are used again where they may be. */
export class Wire {
  readonly #port: number;
  readonly #host: string;
  readonly #idle: Socket[] = [];

  constructor(address: string) {
    const { hostname, port } = new URL(address);
    this.#host = hostname;
    this.#port = Number(port);
  }

  async send(request: FuzzRequest): Promise<Reply> {
    const began = performance.now();
    const socket = (request.isBrokenHttp ? undefined : this.#idleSocket()) ?? (await this.#open());
    const heard = request.isBrokenHttp ? await hearOut(socket, request) : await this.#converse(socket, request);
    return { ...heard, ms: performance.now() - began };
  }

  close(): void {
    for (const socket of this.#idle.splice(0)) socket.destroy();
  }

  #idleSocket(): Socket | undefined {
    for (let socket = this.#idle.pop(); socket !== undefined; socket = this.#idle.pop()) {
      if (socket.readable && socket.writable && !socket.destroyed) return socket;
      socket.destroy();
    }
    return undefined;
  }

  async #open(): Promise<Socket> {
    const socket = connect(this.#port, this.#host);
    socket.setNoDelay(true);
    // What a broken connection means, the reader decides.
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    return socket;
  }

  /** One request, one answer; then the connection is kept, or the server has to close it as it said. */
  async #converse(socket: Socket, request: FuzzRequest): Promise<Omit<Reply, 'ms'>> {
    const { answer, rest, problem } = await exchange(socket, request);
    const answers = answer === null ? [] : [answer];
    if (problem !== null || answer === null) {
      socket.destroy();
      return { answers, problem: problem ?? 'the connection was closed without an answer' };
    }
    // What cannot be read as HTTP may be the end of the request before; nobody knows then that this one is a HEAD.
    const isUnread = request.method === 'HEAD' && answer.status === 400 && answer.headers.get('connection') === 'close';
    if (rest > 0 && !isUnread) {
      socket.destroy();
      return { answers, problem: `${rest} bytes follow the answer` };
    }
    const isStream = answer.headers.get('content-type') === 'text/event-stream';
    if (answer.headers.get('connection') !== 'close' && !isStream) {
      this.#idle.push(socket);
      return { answers, problem: null };
    }
    const isClosed = isStream || socket.readableEnded || socket.destroyed || (await closes(socket));
    socket.destroy();
    return { answers, problem: isClosed ? null : 'the connection was to be closed, and is not' };
  }
}

type Heard = { answer: Answer | null; rest: number; problem: string | null };

function exchange(socket: Socket, request: FuzzRequest): Promise<Heard> {
  return new Promise((resolve) => {
    let said: Buffer = Buffer.alloc(0);
    const settle = (heard: Heard) => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onEnd).off('end', onEnd);
      resolve(heard);
    };
    const look = (isEnded: boolean) => {
      try {
        const read = readAnswer(said, request.method, isEnded);
        if (read !== null) settle({ answer: read.answer, rest: said.length - read.used, problem: null });
        else if (isEnded) settle({ answer: null, rest: 0, problem: null });
      } catch (error) {
        settle({ answer: null, rest: 0, problem: String(error) });
      }
    };
    const onData = (part: Buffer) => {
      said = said.length === 0 ? part : Buffer.concat([said, part]);
      look(false);
    };
    const onEnd = () => look(true);
    const timer = setTimeout(() => settle({ answer: null, rest: 0, problem: 'no answer in two minutes' }), PATIENCE_MS);
    socket.on('data', onData).on('close', onEnd).on('end', onEnd);
    socket.write(rawRequest(request));
  });
}

/** All that is said to a request that may be taken for more than one. */
async function hearOut(socket: Socket, request: FuzzRequest): Promise<Omit<Reply, 'ms'>> {
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => void parts.push(part));
  socket.write(rawRequest(request));
  // Whoever waits for more of it hears that there is none.
  const timer = setTimeout(() => socket.end(), LISTEN_MS);
  const isClosed = await closes(socket);
  clearTimeout(timer);
  socket.destroy();
  const answers: Answer[] = [];
  try {
    for (let said = Buffer.concat(parts); said.length > 0; ) {
      const read = readAnswer(said, request.method, true);
      if (read === null) return { answers, problem: 'the answer breaks off' };
      answers.push(read.answer);
      said = said.subarray(read.used);
    }
  } catch (error) {
    return { answers, problem: String(error) };
  }
  return { answers, problem: isClosed ? null : 'the connection stays open after a broken request' };
}

async function closes(socket: Socket): Promise<boolean> {
  if (socket.closed) return true;
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
  return Promise.race([closed, late]);
}
