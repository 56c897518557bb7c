import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildReportTemplate } from './build-mail.ts';

it('the committed report.html is what report.mjml compiles to', async () => {
  const committed = await readFile(new URL('../src/reports/templates/report.html', import.meta.url), 'utf8');
  expect(committed, 'run `npm run build-mail`').toBe(await buildReportTemplate());
});
