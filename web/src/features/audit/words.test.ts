import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../../../test/sample-record.ts';
import { detailWords, whoWords } from './words.ts';

describe('who did it', () => {
  it.each([
    [{ actor_name: 'Ada Lovelace' }, 'Ada Lovelace'],
    [{ actor_name: null }, 'deleted user'],
    [{ actor_kind: 'api_key', actor_id: '0a1b2c3d', actor_name: null }, 'API key 0a1b2c3d'],
    [{ actor_kind: 'command', actor_id: 'backup by root', actor_name: null }, 'backup by root'],
    [{ actor_kind: 'nobody', actor_id: null, actor_name: null }, 'nobody signed in'],
  ] as const)('of %j is %s', (actor, words) => {
    expect(whoWords(sampleRecord(actor))).toBe(words);
  });
});

describe('details', () => {
  it.each([
    [{}, ''],
    [{ to: 22.5, from: 15 }, 'from 15, to 22.5'],
    [{ role: 'admin', what: 'added' }, 'added, role admin'],
    [{ search: true, columns: ['name', 'id'] }, 'columns name and id, search (given)'],
    [{ email_reports: 3, more: { a: 1 } }, 'email reports 3, more {"a":1}'],
  ])('%j read "%s"', (details, words) => {
    expect(detailWords(details)).toBe(words);
  });
});
