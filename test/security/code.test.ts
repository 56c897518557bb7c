import { beforeAll, describe, expect, it } from 'vitest';
import { type RepositoryFile, repositoryFiles } from '../repository-files.ts';

let files: RepositoryFile[];
beforeAll(async () => {
  files = (await repositoryFiles()).filter(
    ({ path }) => /^(src|web\/src)\/.*\.(ts|tsx)$/.test(path) && !/\.test\.tsx?$|test-kit/.test(path),
  );
});

/** Files in which a pattern is found, each once. */
const filesWith = (pattern: RegExp, under = '') =>
  files.filter(({ path, text }) => path.startsWith(under) && pattern.test(text)).map(({ path }) => path);
/** Every place of a pattern, as the file and what was found. */
const places = (pattern: RegExp) =>
  files.flatMap(({ path, text }) => Array.from(text.matchAll(pattern), ([found]) => `${path}: ${found}`));

/** What `sql.raw` may hold: text of our own, of which no part can come from a request as it was sent. */
const RAW_SQL = [
  // Names of columns and types, from tables in the code.
  'src/database/statements/rows.ts: sql.raw(`${String(type)}[]`)',
  "src/sessions/ingest-queries.ts: sql.raw(Object.keys(SESSION_COLUMNS).join(', '))",
  "src/tutors/as-of-queries.ts: sql.raw(Object.keys(SCORE_COLUMNS).join(', '))",
  "src/tutors/score-queries.ts: sql.raw(changes.join(', '))",
  "src/tutors/score-queries.ts: sql.raw(columns.join(', '))",
  "src/tutors/write-queries.ts: sql.raw(Object.keys(TUTOR_COLUMNS).join(', '))",
  "src/evidence/day-queries.ts: sql.raw(Object.keys(DAY_COLUMNS).join(', '))",
  "src/evidence/rise-queries.ts: sql.raw(Object.keys(WATCH_COLUMNS).join(', '))",
  // A number of our own, where the server takes no parameter.
  'src/audit/queries.ts: sql.lit(AT_A_TIME)',
  // A comment without a value; one of two words, as the schema of the query has read it.
  'src/database/statements/prepared.ts: sql.raw(MARK)',
  'src/tutors/queries.ts: sql.raw(selection.sort_order)',
];

describe('SQL', () => {
  it('is parameterised: text goes in as it is at known places alone, and never from a request', () => {
    const found = places(/\bsql\.(?:raw|lit|literal|val|unsafe)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g);
    const known = found.filter((place) => !place.startsWith('src/database/migrations/'));
    expect(known.toSorted()).toEqual(RAW_SQL.toSorted());
  });

  it('is not put together outside of it: what a driver is given as text has no value in it', () => {
    const asText = files.filter(({ text }) => /\.query\(\s*`[^`]*\$\{/.test(text)).map(({ path }) => path);
    expect(asText.toSorted()).toEqual([
      // Names of tables and of a database, as the code or the configuration has them, quoted where they come from outside.
      'src/database/backup/back-up.ts',
      'src/database/backup/restore.ts',
      'src/database/create-database.ts',
      'src/database/embedded/attach.ts',
      'src/database/listen.ts',
    ]);
  });
});

describe('the code', () => {
  it('runs no text as code, and no shell', () => {
    expect(filesWith(/\beval\(|new Function\(|node:vm|setTimeout\(\s*['"`]/)).toEqual(['src/limits/shared-counts.ts']);
    // Redis runs two scripts of ours; what they are about is passed as arguments.
    expect(places(/\.eval\(\w+/g)).toEqual([
      'src/limits/shared-counts.ts: .eval(TAKE',
      'src/limits/shared-counts.ts: .eval(GIVE_BACK',
    ]);
    expect(filesWith(/\bexecSync\(|[^.]\bexec\(|shell:\s*(true|['"])/)).toEqual([]);
    expect(filesWith(/from 'node:child_process'/).toSorted()).toEqual([
      'src/commands/worker-process.ts',
      'src/database/embedded/cluster.ts',
      'src/database/embedded/pid-file.ts',
      'src/database/embedded/server.ts',
    ]);
  });

  it('asks no address that a client could name: what goes out goes to the configured servers', () => {
    expect(filesWith(/\bfetch\(|^import (?!type).* from '(node:https?|undici|axios)'/m, 'src/').toSorted()).toEqual([
      // The command line, to the API that whoever runs it names; the mail services; the door of a worker's metrics.
      'src/commands/simulate.ts',
      'src/metrics/serve-metrics.ts',
      'src/reports/mailers/connect-agents.ts',
    ]);
    // Of the libraries that ask for us, this one would follow wherever an answer leads.
    expect(filesWith(/maxRedirects: 0/)).toEqual(['src/reports/mailers/sendgrid-mailer.ts']);
  });

  it('never turns off what checks certificates', () => {
    expect(filesWith(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|sslmode=no-verify/)).toEqual([]);
    // The embedded server listens on a private socket and on no network.
    expect(filesWith(/sslmode=disable/)).toEqual(['src/database/embedded/socket.ts']);
  });

  it('compares keys and tokens as digests, in constant time, and passwords by their hashes', () => {
    expect(filesWith(/\btimingSafeEqual\(/).toSorted()).toEqual([
      'src/http/callers/authentication.ts',
      'src/metrics/token.ts',
      'src/users/password-hash.ts',
    ]);
    const doors = files.filter(({ path }) =>
      ['src/http/callers/authentication.ts', 'src/metrics/token.ts'].includes(path),
    );
    for (const { text } of doors) {
      expect(text).toMatch(/createHash\('sha256'\)/);
      expect(text).not.toMatch(
        /\b(key|token|authorization|known|offered)\s*[!=]==?\s*(key|token|known|offered|apiKey)/,
      );
    }
  });

  it('uses SHA-256 and chance of the system alone, and encrypts nothing by itself', () => {
    expect(new Set(places(/createHash\('[^']*'\)/g).map((place) => place.split(': ')[1]))).toEqual(
      new Set(["createHash('sha256')"]),
    );
    expect(filesWith(/createCipher|createHmac|createSign|pbkdf2|subtle\./)).toEqual([]);
    // Made-up data draw from a seed; a fallback of the browser's has nothing to hide.
    expect(filesWith(/Math\.random\(/)).toEqual([]);
  });

  it('puts no markup into a page by hand, and takes messages from its own tabs alone', () => {
    expect(filesWith(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
    expect(filesWith(/addEventListener\('message'|onmessage/, 'web/src/').toSorted()).toEqual([
      'web/src/api/change-stream.ts',
    ]);
    expect(filesWith(/window\.open\(/)).toEqual([]);
    // Of a link into another tab the page behind it learns nothing; what is framed may run nothing.
    for (const place of places(/target="_blank"[^>]*>/g)) expect(place).toContain('rel="noreferrer"');
    for (const place of places(/<iframe[^>]*>/g)) expect(place).toContain('sandbox=""');
  });

  it('writes CSV by the one function that lets no formula through', () => {
    expect(filesWith(/\bcsvLine\b/).toSorted()).toEqual([
      'src/audit/export-records.ts',
      'src/commands/import-csv.ts',
      'src/commands/scores.ts',
      'src/tutors/csv.ts',
      'src/tutors/export-tutors.ts',
    ]);
    expect(filesWith(/\.join\('[,;]'\)\}?(`| \+ ')?\\r?\\?n/)).toEqual(['src/tutors/csv.ts']);
  });

  it('keeps two choices of looks in the browser, and nothing about anybody', () => {
    expect(filesWith(/localStorage|sessionStorage|indexedDB|document\.cookie/).toSorted()).toEqual([
      'web/src/components/theme-switch.tsx',
      'web/src/features/tutors/use-shortcuts.ts',
    ]);
  });
});
