import { readFile, writeFile } from 'node:fs/promises';
import mjml2html from 'mjml';

const SRC = new URL('../src/', import.meta.url);

/** The mails that there are, without their endings. */
export const MAIL_TEMPLATES = ['reports/templates/report', 'alerts/templates/alert'] as const;

/**
 * A template as the HTML that mail programs understand, its `{{placeholders}}` untouched. Made here and
 * committed, so that the server neither carries mjml nor pays for it on every mail.
 *
 * @throws Error naming the line when the template breaks a rule of mjml.
 */
export async function buildTemplate(name: string): Promise<string> {
  // No fonts: mjml would otherwise add a link to Google's for every family it knows, and the mail would phone home.
  const options = { validationLevel: 'strict', keepComments: false, fonts: {} } as const;
  const { html } = await mjml2html(await readFile(new URL(`${name}.mjml`, SRC), 'utf8'), options);
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

if (import.meta.main)
  for (const name of MAIL_TEMPLATES) await writeFile(new URL(`${name}.html`, SRC), await buildTemplate(name));
