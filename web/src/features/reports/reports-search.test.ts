import { expect, test } from 'vitest';
import { readReportsSearch } from './reports-search.ts';

const ID = '7D444840-9dc0-11d1-b245-5ffdce74fad2';

test('takes ids as the API takes them', () => {
  expect(readReportsSearch({ tutor_id: ID, open: ID })).toMatchObject({ tutor_id: ID, open: ID });
});

test.each(['nonsense', '', `${ID}0`, ID.slice(1), ID.replaceAll('-', ''), `${ID}\n`, 7, undefined])(
  'takes %j for no id at all',
  (value) => {
    expect(readReportsSearch({ tutor_id: value, open: value })).toMatchObject({ tutor_id: undefined, open: undefined });
  },
);
