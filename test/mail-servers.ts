import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import { signatureProblem } from './aws-signature.ts';
import { listenOnLoopback } from './ports.ts';
import { startSmtp } from './smtp-server.ts';

/** What a sink does instead of accepting the mail, for as long as it is set. */
type SmtpFault = { at: 'connect' | 'recipient' | 'data'; code: number; words: string } | 'hang' | 'hang up';
export type HttpFault = { status: number; headers?: Record<string, string>; body?: unknown } | 'hang';

/** A server on loopback that speaks a provider's protocol and keeps what it was sent. */
type Sink<Fault, Sent> = {
  url: string;
  sent: Sent[];
  fault: Fault | null;
  /** Emits 'heard' for every mail that came in, accepted or not. */
  events: EventEmitter;
  close(): Promise<void>;
};

export type SmtpSink = Sink<SmtpFault, { from: string; to: string[]; raw: string }>;

/** With `login` it takes mail from that user only. */
export async function startSmtpSink(options: { login?: { user: string; password: string } } = {}) {
  const sink: SmtpSink = { url: '', sent: [], fault: null, events: new EventEmitter(), close: async () => {} };
  const faultAt = (place: string): Error | null => {
    if (sink.fault === null || typeof sink.fault === 'string' || sink.fault.at !== place) return null;
    return Object.assign(new Error(sink.fault.words), { responseCode: sink.fault.code });
  };
  const receive = async (...[stream, { envelope }, callback]: Parameters<SMTPServer['onData']>) => {
    // Whoever goes away in the middle of a message has sent none.
    const raw = await text(stream).catch(() => null);
    if (raw === null) return;
    const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
    if (sink.fault === null) sink.sent.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw });
    if (sink.fault !== 'hang') callback(faultAt('data'), `OK: queued as sink-${sink.sent.length}`);
    sink.events.emit('heard');
  };
  const { server, port, close } = await startSmtp({
    authOptional: options.login === undefined,
    onConnect: (session, callback) => callback(faultAt('connect')),
    onAuth: ({ username, password }, session, callback) => {
      const isKnown = username === options.login?.user && password === options.login?.password;
      callback(isKnown ? null : new Error(`535 wrong password ${password} for ${username}`), { user: username });
    },
    onRcptTo: (address, session, callback) => callback(faultAt('recipient')),
    onData: (stream, session, callback) => void receive(stream, session, callback),
  });
  server.server.on('connection', (socket) => sink.fault === 'hang up' && socket.destroy());
  const login = options.login ? `${options.login.user}:${encodeURIComponent(options.login.password)}@` : '';
  sink.url = `smtp://${login}127.0.0.1:${port}`;
  sink.close = close;
  return sink;
}

const SENDGRID_MAIL = z.strictObject({
  personalizations: z
    .array(z.strictObject({ to: z.array(z.strictObject({ email: z.string().includes('@') })).min(1) }))
    .min(1),
  from: z.strictObject({ email: z.string().includes('@'), name: z.string().min(1).optional() }),
  subject: z.string().min(1),
  content: z.tuple([
    z.strictObject({ type: z.literal('text/plain'), value: z.string().min(1) }),
    z.strictObject({ type: z.literal('text/html'), value: z.string().min(1) }),
  ]),
  headers: z.record(z.string().regex(/^(?!(?:to|from|subject|cc|bcc|reply-to|content-type)$)[\w-]+$/i), z.string()),
  tracking_settings: z.record(z.enum(['click_tracking', 'open_tracking']), z.strictObject({ enable: z.boolean() })),
});

export type SendGridSink = Sink<HttpFault, z.infer<typeof SENDGRID_MAIL>>;

/** Checks a request as SendGrid's v3 Mail Send API documents it, and answers as that does. */
export async function startSendGridSink(apiKey: string): Promise<SendGridSink> {
  return startHttpSink((request, body, sink: SendGridSink) => {
    if (request.method !== 'POST' || request.url !== '/v3/mail/send') return sendGridErrors(404, 'not found');
    if (request.headers.authorization !== `Bearer ${apiKey}`) return sendGridErrors(401, 'The key is not valid');
    const mail = SENDGRID_MAIL.safeParse(parseJson(body));
    if (!mail.success) return sendGridErrors(400, z.prettifyError(mail.error));
    sink.sent.push(mail.data);
    return { status: 202, headers: { 'X-Message-Id': `sendgrid-${sink.sent.length}` } };
  });
}

function sendGridErrors(status: number, message: string): Exclude<HttpFault, 'hang'> {
  return { status, body: { errors: [{ message, field: null, help: null }] } };
}

const SES_MAIL = z.strictObject({
  FromEmailAddress: z.string().includes('@'),
  Destination: z.strictObject({ ToAddresses: z.array(z.string().includes('@')).min(1) }),
  Content: z.strictObject({ Raw: z.strictObject({ Data: z.base64() }) }),
});

export type SesSink = Sink<HttpFault, z.infer<typeof SES_MAIL>>;
export type SesAccount = { accessKeyId: string; secretAccessKey: string; region: string };

/** Checks signature and body as the SES v2 API documents them, and answers as that does. */
export async function startSesSink(account: SesAccount): Promise<SesSink> {
  return startHttpSink((request, body, sink: SesSink) => {
    const path = request.url ?? '';
    if (request.method !== 'POST' || path !== '/v2/email/outbound-emails')
      return awsError(404, 'NotFoundException', path);
    const signed = { method: request.method, path, headers: request.headers, body };
    const problem = signatureProblem(signed, { ...account, service: 'ses' });
    if (problem !== null) return awsError(403, 'InvalidSignatureException', problem);
    const mail = SES_MAIL.safeParse(parseJson(body));
    if (!mail.success) return awsError(400, 'BadRequestException', z.prettifyError(mail.error));
    sink.sent.push(mail.data);
    return { status: 200, body: { MessageId: `ses-${sink.sent.length}` } };
  });
}

/** A failure as AWS's JSON protocols write it: its name in a header. */
export function awsError(status: number, name: string, message: string): Exclude<HttpFault, 'hang'> {
  return { status, headers: { 'x-amzn-ErrorType': name }, body: { message } };
}

type Judge<Sent> = (request: IncomingMessage, body: string, sink: Sink<HttpFault, Sent>) => Exclude<HttpFault, 'hang'>;

async function startHttpSink<Sent>(judge: Judge<Sent>): Promise<Sink<HttpFault, Sent>> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (sink.fault !== 'hang') write(response, sink.fault ?? judge(request, body, sink));
    sink.events.emit('heard');
  };
  const server = createServer((request, response) => void answer(request, response));
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  const sink: Sink<HttpFault, Sent> = {
    url,
    sent: [],
    fault: null,
    events: new EventEmitter(),
    close: () => stop(server),
  };
  return sink;
}

function write(response: ServerResponse, { status, headers = {}, body }: Exclude<HttpFault, 'hang'>): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
