import type { Catalog, CatalogColumn, CatalogConstraint } from './read-catalog.ts';

/** The schema as SQL that makes it anew in an empty database. */
export function schemaSql(catalog: Catalog): string {
  const tables = [...new Set(catalog.columns.map(({ table }) => table))];
  const parts = [
    '-- The schema after all migrations, written by "npm run dump-schema". Do not edit.',
    ...catalog.extensions.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name};`),
    ...catalog.functions.map((definition) => `${definition};`),
    ...tables.map((table) => tableSql(table, catalog)),
    // After all tables, so that their order does not matter.
    ...catalog.constraints.filter(isForeignKey).map(foreignKeySql),
    catalog.triggers.map((definition) => `${definition};`).join('\n'),
    catalog.comments.map(({ object, text }) => `COMMENT ON ${object} IS ${literal(text)};`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableSql(table: string, { columns, constraints, indexes }: Catalog): string {
  const ownColumns = columns.filter((column) => column.table === table);
  const ownConstraints = constraints.filter((constraint) => constraint.table === table && !isForeignKey(constraint));
  const nameWidth = Math.max(...ownColumns.map(({ name }) => name.length));
  const lines = [
    ...ownColumns.map((column) => `  ${column.name.padEnd(nameWidth)} ${columnSql(column)}`),
    ...ownConstraints.map(({ name, definition }) => `  CONSTRAINT ${name} ${onOneLine(definition)}`),
  ];
  const own = indexes.filter((index) => index.table === table).map(({ definition }) => `${definition};`);
  return [`CREATE TABLE ${table} (`, lines.join(',\n'), ');', ...own].join('\n');
}

function columnSql({ type, is_not_null, is_generated, expression }: CatalogColumn): string {
  const isNotNull = is_not_null ? ' NOT NULL' : '';
  if (expression === null) return `${type}${isNotNull}${is_generated ? ' GENERATED ALWAYS AS IDENTITY' : ''}`;
  const value = onOneLine(expression);
  return `${type}${isNotNull} ${is_generated ? `GENERATED ALWAYS AS (${value}) STORED` : `DEFAULT ${value}`}`;
}

/** PostgreSQL breaks a `case` over several lines. */
function onOneLine(expression: string): string {
  return expression.replaceAll(/\s*\n\s*/g, ' ').trim();
}

function isForeignKey({ kind }: CatalogConstraint): boolean {
  return kind === 'foreign key';
}

function foreignKeySql({ table, name, definition }: CatalogConstraint): string {
  return `ALTER TABLE ${table} ADD CONSTRAINT ${name}\n  ${definition};`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
