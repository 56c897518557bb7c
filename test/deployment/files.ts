import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

/** A value as YAML gives it: what is `8000` there is a number, and a variable all the same. */
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      build: z.string().optional(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), value).default({}),
      ports: z.array(z.string()).default([]),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z.looseObject({ disable: z.boolean().optional() }).optional(),
      restart: z.string().optional(),
      volumes: z.array(z.string()).default([]),
    }),
  ),
});

const variable = z.object({
  key: z.string().optional(),
  value: value.optional(),
  generateValue: z.literal(true).optional(),
  sync: z.literal(false).optional(),
  fromGroup: z.string().optional(),
  fromDatabase: z.object({ name: z.string(), property: z.string() }).strict().optional(),
  fromService: z
    .object({ type: z.string(), name: z.string(), property: z.string().optional(), envVarKey: z.string().optional() })
    .strict()
    .optional(),
});
export type RenderVariable = z.output<typeof variable>;

const service = z.object({
  type: z.enum(['web', 'worker']),
  name: z.string(),
  runtime: z.literal('docker'),
  plan: z.string(),
  region: z.string(),
  autoDeployTrigger: z.enum(['commit', 'checksPass', 'off']),
  preDeployCommand: z.string(),
  healthCheckPath: z.string().optional(),
  dockerCommand: z.string().optional(),
  maxShutdownDelaySeconds: z.int().min(1).max(300),
  envVars: z.array(variable.strict()),
});

const keyValueStore = z.object({
  type: z.literal('keyvalue'),
  name: z.string(),
  plan: z.string(),
  region: z.string(),
  maxmemoryPolicy: z.enum([
    'allkeys-lru',
    'volatile-lru',
    'allkeys-random',
    'volatile-random',
    'volatile-ttl',
    'noeviction',
  ]),
  ipAllowList: z.array(z.never()),
});

/** What render.com/docs/blueprint-spec documents of what we use. A field that is not there is a mistake. */
const blueprint = z
  .object({
    services: z.array(z.union([service.strict(), keyValueStore.strict()])),
    databases: z.array(
      z
        .object({
          name: z.string(),
          plan: z.string(),
          region: z.string(),
          postgresMajorVersion: z.string(),
          databaseName: z.string(),
          user: z.string(),
          ipAllowList: z.array(z.never()),
        })
        .strict(),
    ),
    envVarGroups: z.array(z.object({ name: z.string(), envVars: z.array(variable.strict()) }).strict()),
  })
  .strict();

/** A file of this checkout, by its path from the root. */
export function textOf(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
}

export type DeploymentFiles = Awaited<ReturnType<typeof deploymentFiles>>;

/** The files that a deployment is made of, read as those do who run them. */
export async function deploymentFiles() {
  return {
    dockerfile: instructionsOf(await textOf('Dockerfile')),
    dockerignore: linesOf(await textOf('.dockerignore')),
    compose: composeFile.parse(parse(await textOf('compose.yaml'), { merge: true })).services,
    render: blueprint.parse(parse(await textOf('render.yaml'))),
  };
}

export type Instruction = { name: string; rest: string };

/** One a line, continued lines put together. */
function instructionsOf(text: string): Instruction[] {
  const whole = linesOf(text)
    .join('\n')
    .replace(/\\\n\s*/g, '');
  return whole.split('\n').map((line) => {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}
