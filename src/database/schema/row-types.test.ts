import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, type CatalogColumn, readCatalog } from '../../../scripts/read-catalog.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { COLUMNS } from '../../../test/row-types.ts';

/** How `connection.ts` gives a value of each type back. */
const WORDS: Record<string, string> = {
  'timestamp with time zone': 'Date',
  uuid: 'string',
  text: 'string',
  date: 'string',
  integer: 'number',
  bigint: 'number',
  smallint: 'number',
  'double precision': 'number',
  'numeric(5,2)': 'number',
  'numeric(9,2)': 'number',
  boolean: 'boolean',
  jsonb: 'object',
};

function kindOf({ type, is_not_null, is_generated, expression }: CatalogColumn): string {
  const filled = is_generated ? ', generated' : expression === null ? '' : ', default';
  return `${WORDS[type]}${is_not_null ? '' : ', nullable'}${filled}`;
}

describe('the tables', () => {
  let database: TestDatabase;
  let catalog: Catalog;

  beforeAll(async () => {
    database = await createTestDatabase();
    catalog = await readCatalog(database.db);
  });
  afterAll(() => database.drop());

  it('are what the row types say', () => {
    const tables = Object.groupBy(catalog.columns, ({ table }) => table);
    const found = Object.entries(tables).map(([table, columns = []]) => [
      table,
      Object.fromEntries(columns.map((column) => [column.name, kindOf(column)])),
    ]);
    expect(Object.fromEntries(found)).toEqual(COLUMNS);
  });

  it('hold every point in time as a timestamptz', () => {
    // A day of the business zone is a name, and no point in time.
    const times = catalog.columns.filter(
      ({ name, type }) => name !== 'day' && (/time|date|interval/.test(type) || /_at$|_time$/.test(name)),
    );
    expect(times.length).toBeGreaterThan(30);
    expect(new Set(times.map(({ type }) => type))).toEqual(new Set(['timestamp with time zone']));
  });

  it('say of every index of their own who reads it', () => {
    const explained = new Set(catalog.comments.map(({ object }) => object));
    expect(catalog.indexes.map(({ name }) => `INDEX ${name}`).filter((object) => !explained.has(object))).toEqual([]);
  });
});
