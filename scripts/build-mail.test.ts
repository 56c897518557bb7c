import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { buildTemplate, MAIL_TEMPLATES } from './build-mail.ts';

it.each(MAIL_TEMPLATES)('the committed %s.html is what its mjml compiles to', async (name) => {
  const committed = await readFile(new URL(`../src/${name}.html`, import.meta.url), 'utf8');
  expect(committed, 'run `npm run build:mail`').toBe(await buildTemplate(name));
});
