import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { TABLES } from '../database/schema/tables.ts';
import { literally } from '../database/statements/literally.ts';

export type Found = { place: string; rows: number };

/**
 * Every column of every table in which some words stand: as the whole of a value, or within a text with nothing joined
 * on to them. Of JSON the texts are looked at. Looks at all there is, so it may take minutes.
 */
export async function findWords(db: Db, words: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const { table, column, type } of await readableColumns(db)) {
    const { rows } = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(table)} where ${holds(sql.ref(column), type, words)}
    `.execute(db);
    const count = rows[0]?.rows ?? 0;
    if (count > 0) found.push({ place: `${table}.${column}`, rows: count });
  }
  return found;
}

type ReadableColumn = { table: string; column: string; type: 'text' | 'jsonb' | 'uuid' };

/** From the catalog: a column that somebody adds is looked at too. */
async function readableColumns(db: Db): Promise<ReadableColumn[]> {
  const { rows } = await sql<ReadableColumn>`
    select c.relname as table, a.attname as column, a.atttypid::regtype::text as type
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
     where c.oid = any(${TABLES}::text[]::regclass[]) and a.attnum > 0 and not a.attisdropped
       and a.atttypid = any('{text, jsonb, uuid}'::regtype[])
     order by c.relname, a.attnum
  `.execute(db);
  return rows;
}

function holds(column: RawBuilder<unknown>, type: ReadableColumn['type'], words: readonly string[]) {
  if (type === 'uuid') return sql`${column}::text = any(${words}::text[])`;
  const says = (text: RawBuilder<unknown>) =>
    sql`(${text} = any(${words}::text[]) or ${text} ~ any(${words.filter(isTelling).map(standingAlone)}::text[]))`;
  if (type === 'text') return says(column);
  return sql`exists (select from jsonb_path_query(${column}, 'strict $.**') v
                      where jsonb_typeof(v) = 'string' and ${says(sql`(v #>> '{}')`)})`;
}

/** A short number within a sentence is a count or a date: it is looked for as a whole value alone. */
function isTelling(word: string): boolean {
  return !/^\d{1,5}$/.test(word);
}

function standingAlone(word: string): string {
  return `(?<![[:alnum:]_-])${literally(word)}(?![[:alnum:]_-])`;
}
