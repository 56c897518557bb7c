import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import { listenOnLoopback } from './ports.ts';

export type Proxy = {
  port: number;
  /** The line is dead: connections break, and new ones are refused. */
  cut(): Promise<void>;
  /** As `cut`, but new connections are taken and broken at once. */
  hangUp(): void;
  /** The connections that there are carry nothing any more, and nobody is told. Resolves when the near ends have let go. */
  silence(): Promise<void>;
  restore(): Promise<void>;
};

/** A line to a server that can be cut while the server itself lives on. */
export async function startProxy(target: NetConnectOpts): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const nears = new WeakSet<Socket>();
  let isHangingUp = false;
  const server = createServer((near) => {
    const far = connect(target);
    nears.add(near);
    if (isHangingUp) near.destroy();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const port = await listenOnLoopback(server);
  return {
    port,
    cut: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    hangUp: () => {
      isHangingUp = true;
      for (const socket of sockets) socket.destroy();
    },
    silence: async () => {
      // What comes is read and thrown away, or its end would not be seen either.
      for (const socket of sockets) socket.unpipe().resume();
      await Promise.all([...sockets].filter((socket) => nears.has(socket)).map((near) => once(near, 'close')));
    },
    restore: async () => {
      isHangingUp = false;
      if (!server.listening) await listenOnLoopback(server, port);
    },
  };
}

/** A line to the server of a test database. */
export async function openDatabaseLine(connectionString: string): Promise<Proxy & { connectionString: string }> {
  const url = new URL(connectionString);
  const proxy = await startProxy(wayTo(connectionString));
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${proxy.port}`;
  return { ...proxy, connectionString: url.href };
}

/** Where the server of a test database listens: the embedded one on a socket, another one on a port. */
export function wayTo(connectionString: string): NetConnectOpts {
  const url = new URL(connectionString);
  const port = Number(url.port || 5432);
  const folder = url.searchParams.get('host');
  return folder === null ? { host: url.hostname, port } : { path: `${folder}/.s.PGSQL.${port}` };
}
