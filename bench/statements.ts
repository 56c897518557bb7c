import pg from 'pg';

/** Begins to note what every connection that is opened from now on sends; returns what reads and forgets the notes. */
export function noteStatements(): () => string[] {
  const original: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (typeof original !== 'function') throw new Error('pg.Client has no query');
  let sent: string[] = [];
  Object.assign(pg.Client.prototype, {
    query(this: pg.Client, first: unknown, ...others: unknown[]): unknown {
      sent.push(inlined(first, others[0]));
      return Reflect.apply(original, this, [first, ...others]);
    },
  });
  return () => {
    const noted = sent;
    sent = [];
    return noted;
  };
}

/** A colon in a text, as in `HH24:MI`, which pgbench would take for a variable of its own. */
const VARIABLE = /(?<!:):(?=[A-Za-z])/g;

/** What a pgbench script says to send the same statements as `run` does, in that order, with their values in the text. */
export async function scriptOf(noted: () => string[], run: () => Promise<unknown>): Promise<string> {
  noted();
  await run();
  return noted()
    .map((statement) => `${statement.replaceAll(/\s+/g, ' ').replaceAll(VARIABLE, "' || chr(58) || '").trim()};\n`)
    .join('');
}

function inlined(first: unknown, second: unknown): string {
  const isNamed = typeof first === 'object' && first !== null;
  const text = String(isNamed ? Reflect.get(first, 'text') : first);
  const values: unknown = isNamed ? Reflect.get(first, 'values') : second;
  if (!Array.isArray(values)) return text;
  return text.replaceAll(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));
}

/** Of what reads send: texts, numbers, times and lists of words. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.join()}}`);
  if (typeof value === 'string' || typeof value === 'number') return pg.escapeLiteral(String(value));
  throw new Error('a value of another kind');
}
