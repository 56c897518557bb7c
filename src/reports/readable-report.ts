import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createTransport } from 'nodemailer';
import { composeMessage } from './mailers/compose-message.ts';
import { messageIdOf } from './mailers/message-id.ts';
import type { StoredReport } from './queries.ts';
import { type RenderOptions, renderReport } from './render.ts';

export type ReadableReport = { contentType: string; content: string };

/** A report as its reader sees it, in HTML or text, or as it goes over the wire. */
export async function readableReport(
  report: StoredReport,
  format: 'html' | 'text' | 'source',
  mail: RenderOptions & { from: string; domain: string },
): Promise<ReadableReport> {
  const rendered = renderReport(report.facts, mail);
  switch (format) {
    case 'html':
      return { contentType: 'text/html; charset=utf-8', content: rendered.html };
    case 'text':
      return { contentType: 'text/plain; charset=utf-8', content: `${rendered.subject}\n\n${rendered.text}` };
    case 'source': {
      const message_id = messageIdOf(report.id, report.send_number, mail.domain);
      const message = composeMessage({ ...rendered, from: mail.from, to: report.recipient_email, message_id });
      const built = await createTransport({ streamTransport: true }).sendMail(message);
      return { contentType: 'text/plain; charset=utf-8', content: await text(Readable.from(built.message)) };
    }
    default:
      return format satisfies never;
  }
}
