import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { listenOnLoopback } from './ports.ts';

type RunningSmtp = { server: SMTPServer; port: number; close: () => Promise<void> };

/** A mail server on loopback without TLS; what it does with mails is in the options. */
export async function startSmtp(options: SMTPServerOptions): Promise<RunningSmtp> {
  const server = new SMTPServer({
    closeTimeout: 10,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    ...options,
  });
  server.on('error', () => {});
  const port = await listenOnLoopback(server.server);
  return { server, port, close: () => new Promise((resolve) => server.close(resolve)) };
}
