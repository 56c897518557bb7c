import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { parseConfig } from '../../src/config.ts';
import { textOf } from './files.ts';

const pair = z.object({ name: z.string() });
const taskDefinition = z.object({
  containerDefinitions: z.tuple([
    z.object({
      command: z.array(z.string()),
      readonlyRootFilesystem: z.literal(true),
      stopTimeout: z.number().min(31),
      environment: z.array(pair.extend({ value: z.string() })),
      secrets: z.array(pair.extend({ valueFrom: z.string() })),
    }),
  ]),
});
const SECRETS: Record<string, string> = {
  DATABASE_URL: 'postgres://user:password@host:5432/database?sslmode=verify-full',
  REDIS_URL: 'rediss://:password@host:6379',
  API_KEY: 'a key of sixteen characters or more',
  SECRET_KEY: 'a secret of thirty-two characters or more',
};

let text: string;
let known: string[];
beforeAll(async () => {
  text = await textOf('docs/deployment.md');
  known = Array.from((await textOf('src/config.ts')).matchAll(/^ {4}([A-Z][A-Z_]+): /gm), ([, name = '']) => name);
});

describe('docs/deployment.md', () => {
  it('has a task definition whose configuration holds in production, with its secrets elsewhere', () => {
    const [task] = jsonBlocks();
    const [{ environment, secrets }] = taskDefinition.parse(task).containerDefinitions;
    expect(secrets.map(({ name }) => name).toSorted()).toEqual(Object.keys(SECRETS).toSorted());
    const plain = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
    expect(Object.keys(plain).filter((name) => !known.includes(name) || name in SECRETS)).toEqual([]);
    expect(parseConfig({ ...plain, ...SECRETS })).toMatchObject({ ENVIRONMENT: 'production', EMAIL_SERVICE: 'ses' });
  });

  it('lets the worker send mail, from one address of one identity, and do no more', () => {
    const [, policy] = jsonBlocks();
    expect(policy).toMatchObject({
      Statement: [
        {
          Action: ['ses:SendEmail', 'ses:SendRawEmail'],
          Resource: expect.stringMatching(/:identity\/[\w.]+$/),
          Condition: { StringEquals: { 'ses:FromAddress': expect.any(String) } },
        },
      ],
    });
  });

  it('explains only variables that are read', () => {
    const explained = Array.from(text.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm), ([, names = '']) =>
      names.replaceAll('`', '').split(', '),
    ).flat();
    expect(explained).toEqual(expect.arrayContaining(['API_KEY', 'TRUST_PROXY', 'EMAIL_FROM']));
    expect(explained.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('tells only commands that there are', () => {
    const told = new Set(Array.from(text.matchAll(/node src\/main\.ts ([a-z-]+)/g), ([, name = '']) => name));
    expect(told).toContain('migrate');
    expect(Array.from(told).filter((name) => !Object.keys(packageJson.scripts).includes(name))).toEqual([]);
  });

  it('points to what there is', async () => {
    const links = Array.from(text.matchAll(/\]\(([\w./-]+)\)/g), ([, path = '']) => path);
    expect(links).toContain('growth.md');
    for (const path of links) expect(await textOf(`docs/${path}`)).not.toBe('');
  });
});

function jsonBlocks(): unknown[] {
  return Array.from(text.matchAll(/^```json\n(.*?)^```/gms), ([, block = '']) => JSON.parse(block));
}
