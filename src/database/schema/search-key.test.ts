import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';

describe('search_key', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function keyOf(text: string | null): Promise<string | null | undefined> {
    const { rows } = await sql<{ key: string | null }>`select search_key(${text}) as key`.execute(database.db);
    return rows[0]?.key;
  }

  it.each([
    ['Maria Lopez', 'maria lopez'],
    ['MARÍA LÓPEZ', 'maria lopez'],
    ['Ünal Çelik', 'unal celik'],
    ['Søren Łukasz Đorđe', 'soren lukasz dorde'],
    ['SØREN ŁUKASZ ĐORĐE', 'soren lukasz dorde'],
    ['Nguyễn Thị Ánh', 'nguyen thi anh'],
    ['Ⅳ ﬁ ２', 'iv fi 2'],
    ['Иван Ёлкин', 'иван елкин'],
    ['100 % \\ _', '100 % \\ _'],
    ['', ''],
  ])('of %j is %j', async (name, key) => {
    expect(await keyOf(name)).toBe(key);
  });

  it('is the same for a letter and for the letter with its accent apart', async () => {
    expect(await keyOf('Jose\u0301')).toBe('jose');
    expect(await keyOf('Jos\u00e9')).toBe('jose');
  });

  it('is the key of a key', async () => {
    const key = await keyOf('Ñandú Ærø İstanbul');
    expect(await keyOf(key ?? '')).toBe(key);
  });

  it('of nothing is nothing', async () => {
    expect(await keyOf(null)).toBe(null);
  });

  it('is kept beside the name and follows it', async () => {
    const { db } = database;
    const id = '00000000-0000-4000-8000-00000000000a';
    await db
      .insertInto('tutors')
      .values({ id, name: 'JOSÉ', occurred_at: new Date(0) })
      .execute();
    await db.updateTable('tutors').set({ name: 'Zoë' }).where('id', '=', id).execute();
    expect(await db.selectFrom('tutors').select(['name', 'name_search']).execute()).toEqual([
      { name: 'Zoë', name_search: 'zoe' },
    ]);
  });
});
