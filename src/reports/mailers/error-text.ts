import { messageOf } from '../../errors.ts';
import { shorten, singleLine } from '../clean-text.ts';

const LENGTH = 300;

/** The words of a failure as one short line, with every secret blotted out however it got into them. */
export function errorText(error: unknown, secrets: readonly string[]): string {
  const words = error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error);
  const forms = secrets.filter((secret) => secret !== '').flatMap(formsOf);
  const safe = forms.reduce((text, form) => text.replaceAll(form, '***'), words);
  return shorten(singleLine(safe), LENGTH) || 'no reason given';
}

/** As it is, as it stands in a URL, and as authentication commands encode it. */
function formsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

/** The `code` that Node and most libraries put on an error; '' when there is none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
