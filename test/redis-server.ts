import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './ports.ts';

export type RedisServer = {
  url: string;
  port: number;
  kill(): Promise<void>;
  /** Holds it as it is: connections stay open, and nothing is answered. */
  pause(): void;
  goOn(): void;
};

/** A Redis of the test's own, which it may kill; with the `port` of one that was killed, it comes back empty. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const options = ['--port', String(chosen), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout.on('data', (text) => String(text).includes('Ready to accept connections') && resolve());
  });
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    kill: () => kill(server),
    pause: () => server.kill('SIGSTOP'),
    goOn: () => server.kill('SIGCONT'),
  };
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}
