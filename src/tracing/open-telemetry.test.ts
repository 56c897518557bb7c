import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTraceSink, type TraceSink } from '../../test/trace-sink.ts';
import { openTelemetry, type TracingOptions } from './open-telemetry.ts';
import { inSpan, noteStatement, openSpan, traceIdHere, traceparentHere, useTracing } from './spans.ts';

const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';

let sink: TraceSink;
let close: () => Promise<void>;
let failures: unknown[];
beforeEach(async () => {
  sink = await startTraceSink();
  failures = [];
});
afterEach(async () => {
  await close();
  useTracing(null);
  await sink.close();
});

const begin = (options: Partial<TracingOptions> = {}) => {
  const started = openTelemetry({
    endpoint: sink.url,
    serviceName: 'test',
    version: '1',
    sampler: 'parentbased_always_on',
    samplerShare: 1,
    failed: (error) => failures.push(error),
    ...options,
  });
  useTracing(started.tracing);
  close = started.close;
};
const sent = async () => {
  await close();
  return sink.spans;
};

describe('spans', () => {
  it('hang together, know their trace, and bring what happened in them', async () => {
    begin();
    await inSpan('outer', { kind: 'internal', links: [`${CALLER}-01`] }, async () => {
      expect(traceparentHere()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      noteStatement('select', 'select $1', 12, '23505');
      await expect(
        inSpan('inner', { kind: 'client' }, () => Promise.reject(new TypeError('of Maria'))),
      ).rejects.toThrow('of Maria');
    });
    const [statement, inner, outer] = await sent();
    expect(new Set(sink.spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect([statement?.parentSpanId, inner?.parentSpanId, outer?.parentSpanId]).toEqual([
      outer?.spanId,
      outer?.spanId,
      undefined,
    ]);
    expect(outer?.links).toMatchObject([{ traceId: CALLER.split('-')[1], spanId: CALLER.split('-')[2] }]);
    expect(inner).toMatchObject({ status: { code: 2 }, attributes: { 'error.type': 'TypeError' } });
    expect(statement).toMatchObject({
      kind: 3,
      status: { code: 2 },
      attributes: { 'db.query.text': 'select $1', 'error.type': '23505' },
    });
    expect(sink.bodies.join()).not.toContain('Maria');
  });

  it('are none for a statement that belongs to nothing, and none at all without tracing', async () => {
    begin();
    noteStatement('select', 'select 1', 1, null);
    useTracing(null);
    openSpan('nothing', { kind: 'internal' }).end();
    expect([traceparentHere(), traceIdHere()]).toEqual([undefined, {}]);
    expect(await sent()).toEqual([]);
  });
});

describe('the sampler', () => {
  const spansOf = async (options: Partial<TracingOptions>, parent?: string) => {
    begin(options);
    await inSpan('one', { kind: 'server', parent }, async () => {});
    return (await sent()).length;
  };

  it.each([
    ['always_on', 1, undefined, 1],
    ['always_on', 1, '00', 1],
    ['always_off', 1, '01', 0],
    ['traceidratio', 0, '01', 0],
    ['parentbased_always_on', 1, '00', 0],
    ['parentbased_always_off', 1, '01', 1],
    ['parentbased_always_off', 1, undefined, 0],
    ['parentbased_traceidratio', 0, undefined, 0],
    ['parentbased_traceidratio', 1, undefined, 1],
  ] as const)('%s of %s keeps of a caller with %s: %s', async (sampler, samplerShare, flag, expected) => {
    const parent = flag === undefined ? undefined : `${CALLER}-${flag}`;
    expect(await spansOf({ sampler, samplerShare }, parent)).toBe(expected);
  });

  it('begins anew where a caller sends what is no traceparent', async () => {
    expect(await spansOf({}, 'made-up')).toBe(1);
    expect(sink.spans[0]?.parentSpanId).toBeUndefined();
  });
});

describe('a collector', () => {
  it('that refuses is told of, and hinders nobody', async () => {
    begin({ endpoint: `${sink.url}/elsewhere` });
    expect(await inSpan('one', { kind: 'internal' }, async () => 'done')).toBe('done');
    await close();
    expect(failures).toHaveLength(1);
  });

  it('that cannot be reached holds up neither work nor the end', async () => {
    begin({ endpoint: 'http://127.0.0.1:1' });
    expect(await inSpan('one', { kind: 'internal' }, async () => 'done')).toBe('done');
    await expect(close()).resolves.toBeUndefined();
    close = async () => {};
  });
});
