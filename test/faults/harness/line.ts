import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { listenOnLoopback } from '../../ports.ts';

/** When the keepalive of either end would find out that the other one is gone without a word. */
const NOTICED_MS = 25_000;

type Pair = {
  near: Socket;
  far: Socket;
  isLost: boolean;
  /** The near end has said something since, which nobody has heard: no keepalive looks while that is so, and its kernel would tell it after 15 minutes. */
  isUnheard: boolean;
};
type Pace = { latencyMs: number; bytesPerSecond: number };

/** A line between two processes that can be made as bad as lines get. */
export class Line {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<Pair>();
  #port = 0;
  #pace: Pace | null = null;
  #isHangingUp = false;
  #silence: { promise: Promise<void>; resolve: () => void } | null = null;

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    // Half-open: what one side still says after the other has ended is carried on.
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#join(near));
  }

  static async to(targetPort: number): Promise<Line> {
    const line = new Line(targetPort);
    await line.#listen();
    return line;
  }

  get port(): number {
    return this.#port;
  }

  /** Breaks all connections and refuses new ones. */
  async cut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.drop();
    await closed;
  }

  /** Breaks all connections, and new ones as soon as they are made. */
  hangUp(): void {
    this.#isHangingUp = true;
    this.drop();
  }

  /** Breaks the connections that there are. */
  drop(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  slow(pace: Pace): void {
    this.#pace = pace;
  }

  /** Nothing passes and nothing breaks; at `restore` all goes on where it stood. */
  silence(): void {
    this.#silence ??= Promise.withResolvers<void>();
  }

  /**
   * The connections that there are carry nothing any more, and neither end is told, but by its keepalive: the far ends
   * in time, the near ends as long as they wait for nothing. New connections work. Resolves when the near ends have
   * let go.
   */
  async lose(): Promise<void> {
    const lost = [...this.#pairs].filter(({ near }) => !near.destroyed && !near.readableEnded);
    const gone = lost.map(({ near }) => {
      return new Promise<void>((resolve) => void near.once('close', resolve).once('end', resolve));
    });
    for (const pair of lost) pair.isLost = true;
    setTimeout(() => {
      for (const { near, far, isUnheard } of lost) {
        far.resetAndDestroy();
        if (!isUnheard) near.resetAndDestroy();
      }
    }, NOTICED_MS).unref();
    await Promise.all(gone);
  }

  async restore(): Promise<void> {
    this.#pace = null;
    this.#isHangingUp = false;
    this.#silence?.resolve();
    this.#silence = null;
    if (!this.#server.listening) await this.#listen();
  }

  async close(): Promise<void> {
    await this.cut();
    this.#silence?.resolve();
  }

  async #listen(): Promise<void> {
    this.#port = await listenOnLoopback(this.#server, this.#port);
  }

  #join(near: Socket): void {
    if (this.#isHangingUp) return void near.resetAndDestroy();
    const far = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { near, far, isLost: false, isUnheard: false };
    this.#pairs.add(pair);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => {});
      socket.once('close', () => {
        // Of a lost line neither end hears what became of the other one.
        if (!pair.isLost) other.destroy();
        if (near.destroyed && far.destroyed) this.#pairs.delete(pair);
      });
      // A connection that breaks ends the carrying; there is nothing else to do about it.
      this.#carry(pair, socket, other).catch(() => {});
    }
  }

  async #carry(pair: Pair, from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk);
      await this.#pass(bytes.length);
      if (pair.isLost) {
        pair.isUnheard ||= from === pair.near;
        continue;
      }
      if (!to.write(bytes)) await once(to, 'drain');
    }
    await this.#pass(0);
    if (!pair.isLost) to.end();
  }

  async #pass(bytes: number): Promise<void> {
    if (this.#pace !== null) await wait(this.#pace.latencyMs + (1000 * bytes) / this.#pace.bytesPerSecond);
    while (this.#silence !== null) await this.#silence.promise;
  }
}
