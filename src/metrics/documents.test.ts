import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ALERTS } from '../alerts/alerts.ts';
import { expose } from './expose.ts';
import { figuresOf } from './figures.ts';
import { createMetrics } from './metrics.ts';

const stored = {
  marks_waiting: 0,
  marks_set_aside: 0,
  oldest_mark_age: 0,
  undecided: 0,
  oldest_undecided_age: 0,
  reports_pending: 0,
  reports_sending: 0,
  reports_failed: 0,
  reports_due: 0,
  oldest_due_age: 0,
  watermark_age: 0,
  active_alerts: [],
};
const queues = { 'process-sessions': { waiting: 0 }, 'send-report': { waiting: 0 } };

/** Names as they can be asked for: of a histogram its three. */
let exposed: Set<string>;
let ours: string[];
beforeAll(async () => {
  const text = await expose([await createMetrics('api', 'test').snapshot()], figuresOf({ stored, queues }));
  const types = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name = '', type = '']) => ({ name, type }));
  const namesOf = ({ name, type }: { name: string; type: string }) =>
    type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
  exposed = new Set(types.flatMap(namesOf));
  ours = types.map(({ name }) => name).filter((name) => name.startsWith('tq_'));
});

const operation = (name: string) => readFile(new URL(`../../docs/operation/${name}`, import.meta.url), 'utf8');
const namesIn = (expression: string) => expression.match(/\b(?:tq|process|nodejs)_\w+/g) ?? [];

describe('metrics.md', () => {
  it('lists every metric of ours and none that there is not', async () => {
    const listed = Array.from((await operation('metrics.md')).matchAll(/^\| `(tq_\w+)` \|/gm), ([, name]) => name);
    expect(listed.toSorted()).toEqual(ours.toSorted());
  });

  it('lists every alert of the product', async () => {
    const listed = Array.from(
      (await operation('metrics.md')).matchAll(/^\| `([a-z]+_[a-z_]+)` \|.*\|/gm),
      ([, name]) => name,
    );
    expect(listed.filter((name) => !name?.startsWith('tq_'))).toEqual([...ALERTS]);
  });
});

describe('grafana-dashboard.json', () => {
  const target = z.object({ expr: z.string(), datasource: z.object({ uid: z.literal('${datasource}') }) });
  const panel = z.object({
    id: z.int(),
    type: z.string(),
    title: z.string().min(1),
    targets: z.array(target).optional(),
  });
  const dashboard = z.object({
    schemaVersion: z.int().min(39),
    title: z.string(),
    templating: z.object({
      list: z.tuple([z.looseObject({ name: z.literal('datasource'), type: z.literal('datasource') })]),
    }),
    panels: z.array(panel),
  });
  const read = async () => dashboard.parse(JSON.parse(await operation('grafana-dashboard.json')));

  it('has a row for each part, and every panel an id of its own', async () => {
    const { panels } = await read();
    expect(panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'At a glance',
      'Traffic',
      'Ingest',
      'Scoring',
      'Mail',
      'Database',
      'Process',
    ]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('asks for metrics that there are, and leaves out none of ours', async () => {
    const expressions = (await read()).panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    for (const expression of expressions) {
      expect(namesIn(expression)).not.toEqual([]);
      expect(namesIn(expression).filter((name) => !exposed.has(name))).toEqual([]);
    }
    const asked = expressions.flatMap(namesIn).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
  });
});

describe('prometheus-alerts.yaml', () => {
  const rule = z.strictObject({
    alert: z.string().regex(/^TutorQuality\w+$/),
    expr: z.string(),
    for: z
      .string()
      .regex(/^\d+[ms]$/)
      .optional(),
    labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
    annotations: z.strictObject({ summary: z.string(), description: z.string() }),
  });
  const rules = z.strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) });

  it('asks for metrics that there are', async () => {
    const { groups } = rules.parse(parse(await operation('prometheus-alerts.yaml')));
    const all = groups.flatMap((group) => group.rules);
    expect(new Set(all.map(({ alert }) => alert)).size).toBe(all.length);
    for (const { expr } of all) {
      expect(namesIn(expr)).not.toEqual([]);
      expect(namesIn(expr).filter((name) => !exposed.has(name))).toEqual([]);
    }
  });
});
