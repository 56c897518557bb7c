/** What fills a template: words for `{{name}}`, and for `{{#name}}…{{/name}}` one entry a repetition, none to leave it out. */
export type TemplateValues = { readonly [name: string]: string | readonly TemplateValues[] };

export type Template = (values: TemplateValues) => string;

/**
 * Splits a template once, so that filling it in is nothing but joining strings. Every value is escaped for text
 * and for quoted attributes, and values are never read as template: a name of `{{x}}` stays those five characters.
 *
 * @throws Error for a block that is not closed, and on filling in for a name without a value: both are mistakes in
 * the template or its caller.
 */
export function compileTemplate(source: string): Template {
  const tokens = source.split(/\{\{([#/]?)([a-z0-9_]+)\}\}/);
  return compileBlock(tokens, 0, null).template;
}

/** The five characters that can end a text or a quoted attribute. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}

type Compiled = { template: Template; next: number };

/** `tokens` alternate: literal, mark ('' | '#' | '/'), name, literal, … */
function compileBlock(tokens: string[], start: number, name: string | null): Compiled {
  const parts: Template[] = [];
  let at = start;
  for (;;) {
    const literal = tokens[at] ?? '';
    parts.push(() => literal);
    const mark = tokens[at + 1];
    const inner = tokens[at + 2] ?? '';
    if (mark === undefined) {
      if (name !== null) throw new Error(`the template does not close {{#${name}}}`);
      return { template: joined(parts), next: tokens.length };
    }
    if (mark === '/') {
      if (inner !== name) throw new Error(`the template closes {{/${inner}}} without opening it`);
      return { template: joined(parts), next: at + 3 };
    }
    if (mark === '#') {
      const block = compileBlock(tokens, at + 3, inner);
      parts.push((values) => listOf(values, inner).map(block.template).join(''));
      at = block.next;
    } else {
      parts.push((values) => escapeHtml(wordsOf(values, inner)));
      at += 3;
    }
  }
}

function joined(parts: Template[]): Template {
  return (values) => parts.map((part) => part(values)).join('');
}

function wordsOf(values: TemplateValues, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`the template has no value for {{${name}}}`);
  return value;
}

function listOf(values: TemplateValues, name: string): readonly TemplateValues[] {
  const value = values[name];
  if (value === undefined || typeof value === 'string') throw new Error(`the template has no list for {{#${name}}}`);
  return value;
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);
