import { sql } from 'kysely';
import type { Db } from '../src/database/connection.ts';

/** What the migrations made in schema `public`, as PostgreSQL's catalogs tell it; every list in a fixed order. */
export type Catalog = {
  extensions: string[];
  functions: string[];
  columns: CatalogColumn[];
  constraints: CatalogConstraint[];
  /** Without those that stand behind a constraint. */
  indexes: CatalogIndex[];
  triggers: string[];
  comments: { object: string; text: string }[];
};

export type CatalogColumn = {
  table: string;
  name: string;
  type: string;
  is_not_null: boolean;
  /** Written by PostgreSQL alone. */
  is_generated: boolean;
  /** The default, or what a generated column is computed from; `null` for one that numbers the rows. */
  expression: string | null;
};

export type CatalogConstraint = {
  table: string;
  name: string;
  kind: 'primary key' | 'unique' | 'check' | 'foreign key';
  definition: string;
};

type CatalogIndex = { table: string; name: string; is_unique: boolean; definition: string };

/** Reads the schema of our own tables: the migrator's bookkeeping and the queue's schema are left out. */
export async function readCatalog(db: Db): Promise<Catalog> {
  await refuseUnknownKinds(db);
  return {
    extensions: await readExtensions(db),
    functions: await readFunctions(db),
    columns: await readColumns(db),
    constraints: await readConstraints(db),
    indexes: await readIndexes(db),
    triggers: await readTriggers(db),
    comments: await readComments(db),
  };
}

/** Our tables; `c` is a row of pg_class. */
const IS_OURS = sql`c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely\\_%'`;

/** The sequence behind a column that is "generated always as identity", which the columns tell. */
const IS_OF_IDENTITY = sql`(c.relkind = 'S' and exists (
  select from pg_depend d
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and a.attidentity = 'a'
   where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i'))`;

/** What this reading would pass over in silence must not be there. */
async function refuseUnknownKinds(db: Db): Promise<void> {
  const { rows } = await sql<{ object: string }>`
    with found (classid, objid) as (
      select 'pg_class'::regclass, oid from pg_class c
       where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i') and not ${IS_OF_IDENTITY}
      union all
      select 'pg_type'::regclass, oid from pg_type where typnamespace = 'public'::regnamespace and typtype in ('d', 'e', 'r')
      union all
      select 'pg_proc'::regclass, oid from pg_proc
       where pronamespace = 'public'::regnamespace and prokind not in ('f', 'p')
    )
    select pg_describe_object(classid, objid, 0) as object from found f
     where not exists (select from pg_depend d where d.classid = f.classid and d.objid = f.objid and d.deptype = 'e')
     order by object
  `.execute(db);
  if (rows.length === 0) return;
  throw new Error(`The schema dump does not know how to write: ${rows.map(({ object }) => object).join(', ')}`);
}

async function readExtensions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select extname as name from pg_extension where extname <> 'plpgsql' order by extname
  `.execute(db);
  return rows.map(({ name }) => name);
}

async function readFunctions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_functiondef(p.oid) as definition from pg_proc p
     where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
     order by p.proname, pg_get_function_identity_arguments(p.oid)
  `.execute(db);
  return rows.map(({ definition }) => definition.trimEnd());
}

async function readColumns(db: Db): Promise<CatalogColumn[]> {
  const { rows } = await sql<CatalogColumn>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           a.attnotnull as is_not_null, a.attgenerated = 's' or a.attidentity = 'a' as is_generated,
           pg_get_expr(d.adbin, d.adrelid, true) as expression
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where ${IS_OURS}
     order by c.relname, a.attnum
  `.execute(db);
  return rows;
}

async function readConstraints(db: Db): Promise<CatalogConstraint[]> {
  const { rows } = await sql<CatalogConstraint>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid, true) as definition,
           case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'c' then 'check'
                          when 'f' then 'foreign key' end as kind
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
     -- 'n' is "not null", which the columns tell.
     where ${IS_OURS} and k.contype <> 'n'
     order by c.relname, position(k.contype::text in 'pucf'), k.conname
  `.execute(db);
  return rows;
}

async function readIndexes(db: Db): Promise<CatalogIndex[]> {
  const { rows } = await sql<CatalogIndex>`
    select c.relname as table, i.relname as name, x.indisunique as is_unique, pg_get_indexdef(i.oid, 0, true) as definition
      from pg_index x
      join pg_class c on c.oid = x.indrelid
      join pg_class i on i.oid = x.indexrelid
     where ${IS_OURS}
       and not exists (select from pg_constraint k where k.conindid = i.oid and k.conrelid = c.oid and k.contype <> 'f')
     order by c.relname, i.relname
  `.execute(db);
  return rows;
}

async function readTriggers(db: Db): Promise<string[]> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_triggerdef(t.oid, true) as definition
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
     where ${IS_OURS} and not t.tgisinternal
     order by c.relname, t.tgname
  `.execute(db);
  return rows.map(({ definition }) => definition);
}

async function readComments(db: Db): Promise<Catalog['comments']> {
  const { rows } = await sql<{ object: string; text: string }>`
    select upper(replace(o.type, 'table ', '')) || ' ' || regexp_replace(o.identity, '(^| on )public\\.', '\\1') as object,
           d.description as text
      from pg_description d
     cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) o
     where d.classoid in ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_proc'::regclass)
       and o.identity ~ '(^| on )public\\.'
       and not exists (select from pg_depend e where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e')
     order by o.type, o.identity
  `.execute(db);
  return rows;
}
