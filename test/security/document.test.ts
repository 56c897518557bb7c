import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import asvs from './asvs-5.0.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..', '..');
const STATUSES = ['held', 'held by deployment', 'not applicable', 'not held'];

type Row = { ids: string[]; about: string; status: string; why: string };

let text: string;
let rows: Row[];
let items: Row[];
beforeAll(async () => {
  text = await readFile(join(ROOT, 'docs', 'SECURITY.md'), 'utf8');
  rows = Array.from(text.matchAll(/^\| ((?:V|API)\d.*) \|$/gm), ([, cells = '']) => rowOf(cells.split(' | ')));
  items = rows.filter(({ ids }) => ids[0]?.startsWith('V'));
});

function rowOf(cells: string[]): Row {
  const [ids = '', about = '', ...rest] = cells;
  const [status = '', why = ''] = rest.length === 1 ? ['held', rest[0]] : rest;
  return { ids: ids.split(' '), about, status, why };
}

const testsIn = (words: string) =>
  Array.from(words.matchAll(/`([\w/.-]+\.test\.tsx?)` "([^"]+)"/g), ([, file = '', title = '']) => ({ file, title }));

describe('docs/SECURITY.md', () => {
  it('has each item of levels 1 and 2 of ASVS 5.0 once, and no other', () => {
    expect([asvs['1'].length, asvs['2'].length]).toEqual([70, 183]);
    expect(items.flatMap(({ ids }) => ids).toSorted()).toEqual([...asvs['1'], ...asvs['2']].toSorted());
  });

  it('has each of the ten of the API list once', () => {
    const ten = rows.filter(({ ids }) => ids[0]?.startsWith('API')).flatMap(({ ids }) => ids);
    expect(ten).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
  });

  it('says of each item one of four things: held by a test, by a chapter on deployment, or not, and why', () => {
    for (const { ids, about, status, why } of rows) {
      expect(status).toBeOneOf(STATUSES);
      const proof = {
        held: testsIn(why).length > 0,
        'held by deployment': /deployment\.md#|#what-the-operator-must-do/.test(why),
      };
      const isExplained = about !== '' && why.length > 10;
      expect([ids, isExplained, status in proof ? Reflect.get(proof, status) : true]).toEqual([ids, true, true]);
    }
  });

  it('names tests that there are, in the files where they are', async () => {
    const named = testsIn(text);
    expect(named.length).toBeGreaterThan(150);
    const missing: string[] = [];
    for (const { file, title } of new Map(named.map((one) => [`${one.file} ${one.title}`, one])).values()) {
      const code = await readFile(join(ROOT, file), 'utf8').catch(() => '');
      if (!quoted(code).includes(title)) missing.push(`${file}: ${title}`);
    }
    expect(missing).toEqual([]);
  });

  it('names tests in this one form alone, so that none goes unchecked', () => {
    expect(text.match(/\.test\.tsx?/g)?.length).toBe(testsIn(text).length + 1);
  });

  it('points to chapters and files that there are', async () => {
    for (const [, path = '', anchor] of text.matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)) {
      const file = path === '' ? 'SECURITY.md' : path;
      await access(join(ROOT, 'docs', file));
      if (anchor === undefined) continue;
      const chapters = (await readFile(join(ROOT, 'docs', file), 'utf8')).matchAll(/^#+ (.+)$/gm);
      expect(Array.from(chapters, ([, title = '']) => anchorOf(title))).toContain(anchor);
    }
  });
});

/** What stands in a file as text, and not as a comment: titles of tests and the words that fill them in. */
function quoted(code: string): string {
  return code
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
    .join('\n');
}

/** As GitHub makes them of headings. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
