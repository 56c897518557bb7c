/** A text as part of an expression of PostgreSQL that finds just this text: after a backslash a sign means itself. */
export function literally(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
