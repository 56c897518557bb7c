import { readFile, writeFile } from 'node:fs/promises';
import mjml2html from 'mjml';

const SOURCE = new URL('../src/reports/templates/report.mjml', import.meta.url);
const TARGET = new URL('../src/reports/templates/report.html', import.meta.url);

/**
 * The report's template as the HTML that mail programs understand, its `{{placeholders}}` untouched. Made here and
 * committed, so that the server neither carries mjml nor pays for it on every mail.
 *
 * @throws Error naming the line when the template breaks a rule of mjml.
 */
export async function buildReportTemplate(): Promise<string> {
  // No fonts: mjml would otherwise add a link to Google's for every family it knows, and the mail would phone home.
  const options = { validationLevel: 'strict', keepComments: false, fonts: {} } as const;
  const { html } = await mjml2html(await readFile(SOURCE, 'utf8'), options);
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

if (import.meta.main) await writeFile(TARGET, await buildReportTemplate());
