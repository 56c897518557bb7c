const DISGUISES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** A text with letters where digits and signs stand for them. */
export function undisguised(text: string): string {
  return Array.from(text, (character) => DISGUISES[character] ?? character).join('');
}
