/** Who may import whom. docs/ARCHITECTURE.md tells why; `npm run check` looks. */

// Without the compiler as a library, which TypeScript 7 is not, all .ts files would be passed over in silence.
if (require('typescript').transpileModule === undefined)
  throw new Error('The import rules need TypeScript 6 to see the files.');

const TESTS = '\\.test\\.tsx?$|^web/test/|^src/database/embedded/test-kit\\.ts$';
const QUERIES = 'queries\\.ts$';

/** A package, however it is reached: by its name, or by the file in node_modules that the name leads to. */
const packages = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`);

/** Constants and words of the contract, without zod: the browser may run them. */
const PLAIN_CONTRACT = '^src/contract/(pages|format|evidence-words|audit-words|threshold-question)\\.ts$';
const REACT = packages('react', 'react-dom', '@tanstack', 'd3-[a-z]+');

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
      comment: 'The contract is shared with whoever speaks to the API: it knows itself, zod and the arithmetic.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: TESTS },
      to: { pathNot: ['^src/(contract|scoring)/', ...packages('zod')] },
    },
    {
      name: 'sql-in-queries',
      comment: 'Only database/ and the queries of a module speak SQL.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/database/', QUERIES, TESTS] },
      to: { path: packages('kysely', 'pg', '@types/pg', 'pg-copy-streams', '@types/pg-copy-streams') },
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
      comment: 'Only queue/ knows BullMQ: the rest knows signals.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/queue/', TESTS] },
      to: { path: packages('bullmq') },
    },
    {
      name: 'redis-in-redis',
      comment: 'A Redis that may be lost at any time is opened in one place, beside the one of the queue.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(queue|redis)/', TESTS] },
      to: { path: packages('ioredis') },
    },
    {
      name: 'telemetry-in-tracing',
      comment: 'Only tracing/ knows OpenTelemetry, which is loaded when a collector is configured.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/tracing/', TESTS] },
      to: { path: packages('@opentelemetry') },
    },
    {
      name: 'spans-are-all-of-tracing',
      comment: 'Whoever makes spans loads nothing of OpenTelemetry with them.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/tracing/', '^src/commands/start-tracing\\.ts$', TESTS] },
      to: { path: '^src/tracing/', pathNot: '^src/tracing/spans\\.ts$' },
    },
    {
      name: 'mail-in-mailers',
      comment: 'Only the mailers know a provider; readable-report shows a mail as it goes over the wire.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/reports/mailers/', '^src/reports/readable-report\\.ts$', TESTS] },
      to: { path: packages('nodemailer', '@aws-sdk', '@sendgrid') },
    },
    {
      name: 'prometheus-in-metrics',
      comment: 'Only metrics/ knows prom-client: the rest tells what happened.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/metrics/', TESTS] },
      to: { path: packages('prom-client') },
    },
    {
      name: 'command-line-in-main',
      comment: 'What is typed at the terminal is read in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|option-values)\\.ts$' },
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
      comment:
        'database/, queue/, redis/, cache/ and limits/ serve the modules. The type of a stored report is the one exception.',
      severity: 'error',
      from: { path: '^src/(database|queue|redis|cache|limits)/', pathNot: TESTS },
      to: {
        path: '^src/(audit|sessions|tutors|evidence|reports|overview|funnel|threshold|settings|users|privacy|synthetic|metrics|alerts|http)/',
        pathNot: '^src/reports/facts\\.ts$',
      },
    },
    {
      name: 'web-sees-the-wire-alone',
      comment:
        'The dashboard knows of the server what goes over the wire, and the arithmetic of rates for its pictures.',
      severity: 'error',
      from: { path: '^web/', pathNot: TESTS },
      to: { path: '^(src|test|bench|scripts)/', pathNot: '^src/(contract|scoring)/' },
    },
    {
      name: 'no-validation-in-the-browser',
      comment: 'Shapes of the wire are types there: `import type`, or zod would come along.',
      severity: 'error',
      from: { path: '^web/', pathNot: TESTS },
      to: { path: ['^src/contract/', ...packages('zod')], pathNot: PLAIN_CONTRACT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'plain-contract-is-plain',
      severity: 'error',
      from: { path: PLAIN_CONTRACT },
      to: { pathNot: [PLAIN_CONTRACT, '^src/scoring/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-knows-no-web',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { path: ['^web/', ...REACT] },
    },
    {
      name: 'bench-knows-no-web',
      comment: 'But for the pause of a browser between two looks, which is part of what a person waits for.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: ['^web/', ...REACT], pathNot: '^web/src/api/gather\\.ts$' },
    },
    {
      name: 'features-stand-alone',
      comment: 'A page can be changed or taken away without another one: what two share is a component.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'ui-knows-no-field',
      comment: 'ui/ is about buttons and tables, not about tutors, and speaks with nobody.',
      severity: 'error',
      from: { path: '^web/src/ui/' },
      to: { path: '^(web/src/(components|features|api)/|src/)' },
    },
    {
      name: 'components-know-no-page',
      severity: 'error',
      from: { path: '^web/src/(components|api)/' },
      to: { path: '^web/src/features/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(src|web)/', pathNot: TESTS },
      to: { path: [TESTS, '^(test|bench|scripts|web/test)/'] },
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
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
