import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

export type ConnectAgents = { httpAgent: HttpAgent; httpsAgent: HttpsAgent };

/**
 * Agents that keep connections open and give up on making one after `connectMs`, with the code CONNECT_TIMEOUT.
 * Node has one limit for the whole request only, which cannot tell "never reached" from "taken, but not answered".
 */
export function connectAgents(connectMs: number): ConnectAgents {
  return { httpAgent: new ConnectAgent(connectMs), httpsAgent: new SecureConnectAgent(connectMs) };
}

class ConnectAgent extends HttpAgent {
  readonly connectMs: number;

  constructor(connectMs: number) {
    super({ keepAlive: true });
    this.connectMs = connectMs;
  }

  override createConnection(...args: Parameters<HttpAgent['createConnection']>) {
    return limited(super.createConnection(...args), 'connect', this.connectMs);
  }
}

class SecureConnectAgent extends HttpsAgent {
  readonly connectMs: number;

  constructor(connectMs: number) {
    super({ keepAlive: true });
    this.connectMs = connectMs;
  }

  override createConnection(...args: Parameters<HttpsAgent['createConnection']>) {
    return limited(super.createConnection(...args), 'secureConnect', this.connectMs);
  }
}

function limited<Socket extends Duplex | null | undefined>(
  socket: Socket,
  connected: string,
  connectMs: number,
): Socket {
  if (!socket) return socket;
  const giveUp = () => {
    const error = new Error(`no connection within ${connectMs / 1000} s`);
    socket.destroy(Object.assign(error, { code: 'CONNECT_TIMEOUT' }));
  };
  const timer = setTimeout(giveUp, connectMs);
  const stop = () => clearTimeout(timer);
  socket.once(connected, stop).once('close', stop);
  return socket;
}
