/** An address and the name before it, '' when there is none. */
export type Mailbox = { name: string; address: string };

/**
 * Reads `ada@example.com` or `Ada Lovelace <ada@example.com>`: exactly one address, so that a list, a comment or a
 * line break in a setting can never become a second recipient or a header. `null` for anything else.
 */
export function parseMailbox(value: string): Mailbox | null {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) return null;
  const match = /^(?:"?(?<name>[^"<>]*?)"?\s*<(?<named>[^<>]+)>|(?<bare>[^<>]+))$/.exec(value.trim());
  const address = match?.groups?.['named'] ?? match?.groups?.['bare'] ?? '';
  if (address.length > 254 || !/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u.test(address)) return null;
  return { name: match?.groups?.['name']?.trim() ?? '', address };
}
