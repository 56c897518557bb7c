import { AggregatorRegistry, prometheusContentType } from 'prom-client';
import type { Snapshot } from './metrics.ts';

/** Of Prometheus's text format, version 0.0.4. */
export const METRICS_CONTENT_TYPE: string = prometheusContentType;

/** A gauge whose value was asked for just now, not kept. */
export type Figure = { name: string; help: string; values: { labels: Record<string, string>; value: number }[] };

/**
 * The metrics of several processes and figures as one text. Metrics of one name come together under one head; their
 * values differ in the label `process`, so that nothing is added up.
 */
export async function expose(snapshots: readonly Snapshot[], figures: readonly Figure[]): Promise<string> {
  const gauges = figures.map((figure) => ({ ...figure, type: 'gauge' }));
  const metrics = [...snapshots.flat(), ...gauges].map((metric) => ({ ...metric, aggregator: 'first' }));
  return AggregatorRegistry.aggregate([metrics]).metrics();
}
