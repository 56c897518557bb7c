/** Who may import whom. docs/ARCHITECTURE.md tells why; `npm run check` looks. */

// Without the compiler as a library, which TypeScript 7 is not, all .ts files would be passed over in silence.
if (require('typescript').transpileModule === undefined)
  throw new Error('The import rules need TypeScript 6 to see the files.');

const TESTS = '\\.test\\.ts$|^src/database/embedded-test-kit\\.ts$';
const QUERIES = 'queries\\.ts$';

/** A package, however it is reached: by its name, or by the file in node_modules that the name leads to. */
const packages = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`);

module.exports = {
  forbidden: [
    {
      name: 'scoring-is-pure',
      comment: 'Rates and flags are plain arithmetic: no clock, no database, no configuration, no package.',
      severity: 'error',
      from: { path: '^src/scoring/', pathNot: TESTS },
      to: { pathNot: '^src/scoring/' },
    },
    {
      name: 'contract-is-the-wire',
      comment: 'The contract is shared with whoever speaks to the API: it knows itself and zod.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: TESTS },
      to: { pathNot: ['^src/contract/', ...packages('zod')] },
    },
    {
      name: 'sql-in-queries',
      comment: 'Only database/ and the queries of a module speak SQL.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/database/', QUERIES, TESTS] },
      to: { path: packages('kysely', 'pg', '@types/pg') },
    },
    {
      name: 'http-in-doors',
      comment: 'Only http/ and the routes of a module know Fastify.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/http/', '/routes\\.ts$', TESTS] },
      to: { path: packages('fastify', '@fastify', 'fastify-type-provider-zod') },
    },
    {
      name: 'queue-in-queue',
      comment: 'Only queue/ knows BullMQ and Redis: the rest knows signals.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/queue/', TESTS] },
      to: { path: packages('bullmq', 'ioredis') },
    },
    {
      name: 'mail-in-mailers',
      comment: 'Only the mailers know a provider; readable-report shows a mail as it goes over the wire.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/reports/mailers/', '^src/reports/readable-report\\.ts$', TESTS] },
      to: { path: packages('nodemailer', '@aws-sdk', '@sendgrid') },
    },
    {
      name: 'command-line-in-main',
      comment: 'What is typed at the terminal is read in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main\\.ts$' },
      to: { path: packages('commander') },
    },
    {
      name: 'doors-know-use-cases-not-the-other-way-round',
      comment: 'Use cases and queries know nothing of HTTP: only a door imports http/.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(http|commands)/', '/routes\\.ts$', TESTS] },
      to: { path: '^src/http/' },
    },
    {
      name: 'only-the-app-opens-doors',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/http/app\\.ts$', TESTS] },
      to: { path: '/routes\\.ts$' },
    },
    {
      name: 'commands-are-on-top',
      comment: 'Commands put everything together; nothing but the command line imports them.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/commands/', '^src/main\\.ts$', TESTS] },
      to: { path: '^src/(commands/|main\\.ts$)' },
    },
    {
      name: 'configuration-on-top',
      comment: 'Below the commands nothing knows the configuration: values are passed.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/commands/', '^src/(main|config)\\.ts$', TESTS] },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'foundation-knows-no-field',
      comment: 'database/ and queue/ serve the modules. The type of a stored report is the one exception.',
      severity: 'error',
      from: { path: '^src/(database|queue)/', pathNot: TESTS },
      to: {
        path: '^src/(sessions|tutors|reports|overview|settings|synthetic|http)/',
        pathNot: '^src/reports/facts\\.ts$',
      },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: [TESTS, '^(test|bench|scripts)/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Types too: a file can be read without the one that reads it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.m?ts$' },
      to: {},
    },
    {
      name: 'everything-is-there',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'packages-are-declared',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.mjs', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
