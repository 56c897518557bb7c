import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { SMTPServer } from 'smtp-server';
import { startSmtp } from '../../smtp-server.ts';

/** A whole mail that came in. `isAnswered`: the sender was told so, at the latest then. */
export type Reception = { messageId: string; at: number; answeredAt: number | null };

/** What the server does instead of taking mails at once. */
export type MailManner =
  | { kind: 'refuse'; at: 'connect' | 'recipient' | 'data'; code: number }
  | { kind: 'delay'; ms: number }
  /** Takes mails and says nothing, until it has another manner. */
  | { kind: 'hold' }
  /** Breaks the line while the mail comes in, or when it has come in and before it says so. */
  | { kind: 'drop'; at: 'data' | 'answer' };

export type MailSink = {
  port: number;
  received: Reception[];
  manner: MailManner | null;
  /** Breaks the lines to the senders; set by whoever has them. */
  dropLines: () => void;
  /** Mails taken whose answer is held. */
  held(): number;
  /** Takes mails at once again, and answers those held. */
  behave(): void;
  close(): Promise<void>;
};

/** A mail server that notes each mail it takes, and that misbehaves as it is told. */
export async function startMailSink(): Promise<MailSink> {
  const waiting: (() => void)[] = [];
  const refusal = (place: string): Error | null => {
    const { manner } = sink;
    if (manner?.kind !== 'refuse' || manner.at !== place) return null;
    return Object.assign(new Error('not now'), { responseCode: manner.code });
  };
  const receive = async (...[stream, , callback]: Parameters<SMTPServer['onData']>) => {
    const manner = sink.manner;
    if (manner?.kind === 'drop' && manner.at === 'data') return sink.dropLines();
    const messageId = /^Message-ID:\s+(\S+)$/im.exec(await text(stream))?.[1] ?? '';
    const refused = refusal('data');
    if (refused !== null) return callback(refused);
    const reception: Reception = { messageId, at: Date.now(), answeredAt: null };
    sink.received.push(reception);
    if (manner?.kind === 'drop') return sink.dropLines();
    if (manner?.kind === 'delay') await wait(manner.ms);
    if (manner?.kind === 'hold') await new Promise<void>((resolve) => void waiting.push(resolve));
    reception.answeredAt = Date.now();
    callback(null, `OK: queued as sink-${sink.received.length}`);
  };
  const { port, close } = await startSmtp({
    onConnect: (_session, callback) => callback(refusal('connect')),
    onRcptTo: (_address, _session, callback) => callback(refusal('recipient')),
    // A mail that breaks off was never here.
    onData: (stream, session, callback) => void receive(stream, session, callback).catch(() => {}),
  });
  const sink: MailSink = {
    port,
    received: [],
    manner: null,
    dropLines: () => {},
    held: () => waiting.length,
    behave: () => {
      sink.manner = null;
      for (const answer of waiting.splice(0)) answer();
    },
    close,
  };
  return sink;
}
