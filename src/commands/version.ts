import { readFileSync } from 'node:fs';

/** The version of the app, as package.json says it. */
export function versionOfApp(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(version);
}
