import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RepositoryFile, repositoryFiles } from './repository-files.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'web', 'dist');

/** Names of XML and the place where React explains its errors are no addresses that are asked; nor is a bare localhost. */
const ADDRESS = /\b(?:https?|wss?):\/\/(?!www\.w3\.org\/|react\.dev\/errors\/|localhost[`'"])/;
/** As a header that is sent; the line for the terminal that the empty dashboard shows names it too. */
const KEY_HEADER = /['"`]x-api-key['"`]\s*[:,]/i;
const RULES = [
  {
    rule: 'builds a page from text',
    found: /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|srcDoc/,
  },
  { rule: 'makes code from text', found: /\beval\(|\bnew Function\b|document\.write/ },
  { rule: 'uses an API key: it signs in', found: KEY_HEADER },
  { rule: 'names another machine', found: ADDRESS },
];
const EXAMPLES = [
  '<p dangerouslySetInnerHTML={html} />',
  'eval("1")',
  `headers: { 'X-API-Key': key }`,
  `fetch('http://127.0.0.1:8000/api')`,
];

let sources: RepositoryFile[];
let built: RepositoryFile[];
beforeAll(async () => {
  const isTest = (path: string) => /\.test\.tsx?$/.test(path);
  sources = (await repositoryFiles()).filter(({ path }) => /^web\/(src|public)\//.test(path) && !isTest(path));
  built = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html|svg|map)$/.test(entry.name))
    .map(({ parentPath, name }) => ({ path: name, text: readFileSync(join(parentPath, name), 'utf8') }));
});

describe('the source of the dashboard', () => {
  it.each(RULES)('nowhere $rule', ({ found }) => {
    expect(EXAMPLES.filter((example) => found.test(example))).toHaveLength(1);
    expect(sources.length).toBeGreaterThan(10);
    expect(pathsWith(found, sources)).toEqual([]);
  });
});

describe('the look of the dashboard', () => {
  it('has no class that nothing wears: of a module beside it, or of all anywhere', async () => {
    const files = await repositoryFiles();
    const isWorn = (name: string, sheet: string) => {
      const isModule = sheet.endsWith('.module.css');
      const worn = new RegExp(isModule ? `[.']${name}\\b|\\b${name}: ` : `[ '"]${name}['"\`]`);
      const isNear = (path: string) => path.endsWith('.tsx') && (!isModule || dirname(path) === dirname(sheet));
      const composed = new RegExp(`composes: ${name}\\b`);
      // A component that looks its class up by a word wears whatever stands for such a word.
      const isLookedUp = files.some(({ path, text }) => isNear(path) && text.includes('styles['));
      const word = new RegExp(`['"]${name}['"]`);
      return files.some(({ path, text }) => {
        if (path.endsWith('.css')) return composed.test(text);
        return (
          (isNear(path) && worn.test(text)) || (isLookedUp && /^(web\/)?src\/.*\.tsx?$/.test(path) && word.test(text))
        );
      });
    };
    const classes = files
      .filter(({ path }) => /^web\/src\/.*\.css$/.test(path))
      .flatMap(({ path, text }) =>
        Array.from(text.matchAll(/\.([a-z][A-Za-z_-]*)(?=[^{};"]*\{)/g), ([, name = '']) => ({ path, name })),
      );
    expect(classes.length).toBeGreaterThan(100);
    expect(classes.filter(({ path, name }) => !isWorn(name, path))).toEqual([]);
  });
});

describe('the built dashboard', () => {
  it.each([
    ['no source map', /sourceMappingURL/],
    ['no API key', KEY_HEADER],
    ['no address of another machine', ADDRESS],
    [
      'no address of the machine that built it',
      new RegExp(`localhost:|127\\.0\\.0\\.1|registry\\.|${RegExp.escape(ROOT)}`),
    ],
    [
      'no name of a variable that holds a secret',
      /SECRET_KEY|SENDGRID_API_KEY|DATABASE_URL|SMTP_URL|BEGIN [A-Z ]*PRIVATE KEY/,
    ],
    ['no validation library', /ZodError/],
  ])('holds %s', (_what, found) => {
    expect(built.map(({ path }) => path)).toContain('index.html');
    expect(built.filter(({ path }) => path.endsWith('.js')).length).toBeGreaterThan(2);
    expect(pathsWith(found, built)).toEqual([]);
  });

  it('holds no source map as a file', () => {
    expect(built.filter(({ path }) => path.endsWith('.map'))).toEqual([]);
  });

  it('has nothing in its page that the content security policy would refuse', () => {
    const page = built.find(({ path }) => path === 'index.html')?.text ?? '';
    const scripts = Array.from(page.matchAll(/<script\b[^>]*>/g), ([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !/ src="\/[^/]/.test(tag))).toEqual([]);
    expect(page).not.toMatch(/<style\b|\sstyle=|\son[a-z]+=|javascript:|<base\b|<iframe\b/i);
  });
});

function pathsWith(found: RegExp, files: RepositoryFile[]): string[] {
  return files.filter(({ text }) => found.test(text)).map(({ path }) => path);
}
