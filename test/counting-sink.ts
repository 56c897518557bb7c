import { text } from 'node:stream/consumers';
import type { SMTPServer } from 'smtp-server';
import { startSmtp } from './smtp-server.ts';

/** A mail server that counts what it was sent by Message-ID, and that can be slow to say that it has taken a mail. */
export type CountingSink = {
  url: string;
  /** Of whole mails that came in, whether the sender heard of it or not. */
  counts: Map<string, number>;
  /** From now on at most so many more are answered; the others wait. */
  answer(mails: number): void;
  close(): Promise<void>;
};

export async function startCountingSink(): Promise<CountingSink> {
  const counts = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let toAnswer = Number.POSITIVE_INFINITY;
  const answerNext = () => {
    while (toAnswer > 0 && waiting.length > 0) {
      toAnswer -= 1;
      waiting.shift()?.();
    }
  };
  const receive = async (...[stream, , callback]: Parameters<SMTPServer['onData']>) => {
    // A long one stands on a line of its own.
    const id = /^Message-ID:\s+(\S+)$/im.exec(await text(stream))?.[1] ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
    waiting.push(() => callback(null));
    answerNext();
  };
  const { port, close } = await startSmtp({
    // A mail that breaks off was never here.
    onData: (stream, session, callback) => void receive(stream, session, callback).catch(() => {}),
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    counts,
    answer: (mails) => {
      toAnswer = mails;
      answerNext();
    },
    close,
  };
}
