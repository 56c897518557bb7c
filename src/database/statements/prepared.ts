import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { DatabaseError, type PoolClient } from 'pg';

const MARK = '/* prepared */';

/**
 * Stands at the beginning of a statement that is sent all the time, always with the same text: each connection prepares
 * it once, and PostgreSQL parses and plans it no more. Not for one whose text is put together anew each time, nor for
 * one that is right for few rows by another plan than for many.
 *
 * @example sql`${PREPARED} select name from tutors where id = ${id}`
 */
export const PREPARED: RawBuilder<unknown> = sql.raw(MARK);

/** Where the mark stands at the latest: `modifyFront` of a query builder puts it behind `select`. */
const MARKED_WITHIN = 40;

/** Gives the marked statements of a new connection their names. */
export function prepareMarked(client: PoolClient): void {
  const query: unknown = Reflect.get(client, 'query');
  if (typeof query !== 'function') throw new Error('a connection without query');
  let outdated = 0;
  Object.assign(client, {
    query: (text: unknown, values: unknown, ...others: unknown[]): unknown => {
      if (typeof text !== 'string' || !text.slice(0, MARKED_WITHIN).includes(MARK))
        return Reflect.apply(query, client, [text, values, ...others]);
      const name = `${nameOf(text)}.${outdated}`;
      const answer: unknown = Reflect.apply(query, client, [{ name, text, values }, ...others]);
      if (answer instanceof Promise)
        answer.catch((error: unknown) => {
          if (error instanceof DatabaseError && error.code === OUTDATED) outdated += 1;
        });
      return answer;
    },
  });
}

/** A column has another type than when the statement was prepared: under its name it would fail for ever. */
const OUTDATED = '0A000';

const names = new Map<string, string>();

/** One text, one name: PostgreSQL refuses another text under a name it knows. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
