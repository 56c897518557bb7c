import { beforeAll, describe, expect, it } from 'vitest';
import { type RepositoryFile, repositoryFiles } from './repository-files.ts';

let files: RepositoryFile[];
beforeAll(async () => {
  files = await repositoryFiles();
});

const isCode = (path: string) => /\.(ts|tsx|mts|mjs|js)$/.test(path);
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const isSource = (path: string) => path.startsWith('src/') && isCode(path);
const isShipped = (path: string) => /^(src|web\/src)\//.test(path) && isCode(path);
const isProduct = (path: string) => isSource(path) && !isTest(path);
const imports = (names: string) => new RegExp(`(?:from|import|import\\()\\s*['"](?:${names})(?:/[^'"]*)?['"]`);

/** In halves: whole they would be found here, where they are no mark of anything. */
const spelled = (...halves: string[]) => halves.map((word) => word.replace('|', ''));
const UNFINISHED = spelled('TO|DO', 'FIX|ME', 'X|XX', 'HA|CK');

/** What must not be: `found` in a file that is `forbidden`. Each example shows that the pattern finds something. */
const RULES: { rule: string; forbidden: (path: string) => boolean; found: RegExp; examples: string[] }[] = [
  {
    rule: 'only the configuration reads the environment',
    forbidden: (path) =>
      isCode(path) &&
      !['src/config.ts', 'src/main.ts'].includes(path) &&
      !/^(test|scripts|bench)\/|\.config\.ts$/.test(path),
    found: /\bprocess\.env\b|\bprocess\[|['"]node:process['"]|\bimport\.meta\.env\b/,
    examples: ['process.env.PORT', `process['env']`, `import { env } from 'node:process'`],
  },
  {
    rule: 'scoring and made-up data know no clock and no chance',
    forbidden: (path) => /^src\/(scoring|synthetic)\//.test(path) && isProduct(path),
    found: /\bDate\.now\b|\bDate\(\s*\)|\bMath\.random\b|\bperformance\.|\brandomUUID\b|\bhrtime\b|\bTemporal\.Now\b/,
    examples: ['Date.now()', 'new Date()', 'new Date( )', 'Math.random()', 'performance.now()', 'randomUUID()'],
  },
  {
    rule: 'only database/ and queries speak SQL',
    forbidden: (path) => isProduct(path) && !path.startsWith('src/database/') && !path.endsWith('queries.ts'),
    found: imports('kysely|pg'),
    examples: [`import { sql } from 'kysely';`, `import { Migrator } from 'kysely/migration'`, `await import('pg')`],
  },
  {
    rule: 'only http/ and routes know Fastify',
    forbidden: (path) => isProduct(path) && !path.startsWith('src/http/') && !path.endsWith('/routes.ts'),
    found: imports('fastify|@fastify|fastify-type-provider-zod'),
    examples: [`import type { FastifyInstance } from 'fastify'`, `import cors from '@fastify/cors'`],
  },
  {
    rule: 'only queue/ knows BullMQ',
    forbidden: (path) => isProduct(path) && !path.startsWith('src/queue/'),
    found: imports('bullmq'),
    examples: [`import { Queue } from "bullmq"`],
  },
  {
    rule: 'nothing is written to the console past the log',
    forbidden: isShipped,
    found: /\bconsole\.\w/,
    examples: ['console.log(1)'],
  },
  {
    rule: 'what is exported has its name',
    // A declaration file says what another package exports.
    forbidden: (path) => isShipped(path) && !path.endsWith('.d.ts'),
    found: /\bexport\s+default\b|\bas\s+default\b/,
    examples: ['export default class', 'export { x as default }'],
  },
  {
    rule: 'every test runs',
    forbidden: isTest,
    found: /\.(only|skip|todo|fails)\b\s*[(.]|\b(xit|fit|xdescribe|fdescribe)\(/,
    examples: spelled('it.|only(', 'describe.|skip(', 'it.|only.each(', 'test.|todo(', 'x|it('),
  },
  {
    rule: 'nothing is left for later',
    forbidden: () => true,
    found: new RegExp(`\\b(${UNFINISHED.join('|')})\\b`),
    examples: UNFINISHED.map((word) => `// ${word}: later`),
  },
];

describe('nowhere in the repository', () => {
  it.each(RULES)('is it otherwise: $rule', ({ forbidden, found, examples }) => {
    for (const example of examples) expect(example).toMatch(found);
    expect(
      linesWith(
        found,
        files.filter(({ path }) => forbidden(path)),
      ),
    ).toEqual([]);
  });

  it('is a file of code too long to be read at once', () => {
    const lengths = files
      .filter(({ path }) => isCode(path))
      .map(({ path, text }) => ({ path, lines: countLines(text) }));
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
    expect(countLines('a\nb\n')).toBe(2);
  });

  it('does the lock file name a registry', () => {
    const lock = files.filter(({ path }) => path === 'package-lock.json');
    expect(linesWith(/"integrity"/, lock).length).toBeGreaterThan(100);
    expect(linesWith(/"resolved"/, lock)).toEqual([]);
  });
});

/** Who writes a table; others read it. */
const OWNERS: Record<string, string> = {
  tutors: 'src/tutors/',
  tutor_scores: 'src/tutors/',
  tutors_to_rescore: 'src/tutors/',
  risk_flags: 'src/tutors/',
  sweep_state: 'src/tutors/',
  erased_tutors: 'src/tutors/',
  audit_log: 'src/audit/',
  sessions: 'src/sessions/',
  reschedules: 'src/sessions/',
  email_reports: 'src/reports/',
  settings: 'src/settings/',
  rate_priors: 'src/evidence/',
  marketplace_days: 'src/evidence/',
  rise_watches: 'src/evidence/',
  rise_alarms: 'src/evidence/',
  alerts: 'src/alerts/',
  alert_mails: 'src/alerts/',
  failing_jobs: 'src/alerts/',
  users: 'src/users/',
  user_credentials: 'src/users/',
  user_sessions: 'src/users/',
  data_versions: 'src/database/migrations/',
};
/** What makes the tables, empties all of them, or puts a backup in their place: it knows tables and not what they mean. */
const MAY_WRITE_ALL = /^src\/database\/(migrations\/|clear-queries\.ts$|backup\/restore\.ts$)/;

describe('a table', () => {
  it('has an owner, which does write it', () => {
    const tables = textOf('docs/schema.sql').matchAll(/^CREATE TABLE (\w+)/gm);
    expect(new Set(Object.keys(OWNERS))).toEqual(new Set(Array.from(tables, ([, table]) => table)));
    for (const [table, owner] of Object.entries(OWNERS)) {
      const own = files.filter(({ path }) => path.startsWith(owner) && isProduct(path));
      expect([table, linesWith(writesTo(table), own).length > 0]).toEqual([table, true]);
    }
  });

  it.each(Object.entries(OWNERS))('%s is written by %s alone', (table, owner) => {
    const strangers = files.filter(
      ({ path }) => isProduct(path) && !path.startsWith(owner) && !MAY_WRITE_ALL.test(path),
    );
    expect(linesWith(writesTo(table), strangers)).toEqual([]);
  });

  it.each([
    'insert into sessions (id)',
    'insert into\n  sessions',
    'update sessions set',
    'UPDATE sessions s',
    'delete from sessions',
    'truncate tutors, sessions',
    'merge into sessions',
    'copy sessions from stdin',
    `.insertInto('sessions')`,
    `.updateTable('sessions as s')`,
    `.deleteFrom("sessions")`,
    'insert into public.sessions',
  ])('is seen to be written by: %s', (statement) => {
    expect(statement).toMatch(writesTo('sessions'));
    expect(statement).not.toMatch(writesTo('session'));
    expect(statement.replace('sessions', 'sessions_old')).not.toMatch(writesTo('sessions'));
  });
});

describe('.env.example', () => {
  it('names every variable that is read', () => {
    const read = Array.from(textOf('src/config.ts').matchAll(/^ {4}([A-Z][A-Z_]+): /gm), ([, name]) => name);
    const named = Array.from(textOf('.env.example').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm), ([, name]) => name);
    expect(read).toContain('DATABASE_URL');
    expect(read.filter((name) => !named.includes(name))).toEqual([]);
  });
});

function writesTo(table: string): RegExp {
  const bySql = `(?:insert\\s+into|update|delete\\s+from|merge\\s+into|copy|truncate(?:\\s+\\w+,)*)\\s+(?:public\\.)?${table}\\b`;
  const byBuilder = `(?:insertInto|updateTable|deleteFrom|mergeInto)\\(\\s*['"\`]${table}\\b`;
  return new RegExp(`\\b(?:${bySql}|${byBuilder})`, 'i');
}

/** Where a pattern is found, as `path:line`, also where it goes over several lines. */
function linesWith(pattern: RegExp, among: RepositoryFile[]): string[] {
  return among.flatMap(({ path, text }) => {
    const found = text.matchAll(new RegExp(pattern, `${pattern.flags}g`));
    return Array.from(found, ({ index }) => `${path}:${text.slice(0, index).split('\n').length}`);
  });
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function textOf(path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`${path} is missing`);
  return file.text;
}
