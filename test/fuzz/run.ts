import { createRandom } from '../../src/synthetic/random.ts';
import { type Accepted, noteAccepted, nothingAccepted } from './accepted.ts';
import type { DatabaseWatch } from './database-watch.ts';
import type { OpenApiDocument } from './document.ts';
import { operationsOf } from './document.ts';
import { drawRequest } from './draw-request.ts';
import { type FuzzRequest, shownRequest } from './fuzz-request.ts';
import type { Credentials } from './headers.ts';
import { createOracle } from './oracle.ts';
import { Tally } from './report.ts';
import type { World } from './valid-values.ts';
import { Wire } from './wire.ts';

export type FuzzTarget = {
  address: string;
  document: OpenApiDocument;
  watch: DatabaseWatch;
  credentials: () => Promise<Credentials>;
  reports: () => Promise<string[]>;
  /** Told after each chunk; returns what is wrong with the process or its log, if anything. */
  between: (done: number) => Promise<string[]>;
  /** Told at once of each fault. */
  found: (fault: string) => void;
};

/** `until` may be lowered while it runs. */
export type FuzzPlan = { seed: number; from: number; until: number; chunk: number; connections: number };
export type FuzzResult = { tally: Tally; faults: string[] };

const MAX_FAULTS = 50;

/** Sends the requests of a plan, and looks at every answer, and after each chunk at the database. */
export async function fuzz(target: FuzzTarget, plan: FuzzPlan): Promise<FuzzResult> {
  const operations = operationsOf(target.document);
  const oracle = createOracle(target.document, operations);
  const wire = new Wire(target.address);
  const tally = new Tally();
  const faults: string[] = [];
  const pool = createRandom(plan.seed, 'ids');
  const world: World = {
    document: target.document,
    startedAt: Date.now(),
    sessions: Array.from({ length: 3000 }, () => pool.uuid()),
    tutors: Array.from({ length: 40 }, () => pool.uuid()),
    reports: [],
  };

  for (let start = plan.from; start < plan.until && faults.length < MAX_FAULTS; start += plan.chunk) {
    const end = Math.min(start + plan.chunk, plan.until);
    const credentials = await target.credentials();
    const here = { ...world, reports: await target.reports() };
    const accepted = nothingAccepted();
    let next = start;
    const line = async () => {
      while (next < end) {
        const index = next;
        next += 1;
        await one(drawRequest(plan.seed, index, operations, here, credentials), accepted);
      }
    };
    await Promise.all(Array.from({ length: plan.connections }, line));
    const found = [...(await target.watch.look(accepted)), ...(await target.between(end))];
    for (const fault of found) tell(`requests ${start} to ${end - 1}: ${fault}`);
  }
  wire.close();
  return { tally, faults };

  async function one(request: FuzzRequest, accepted: Accepted): Promise<void> {
    const reply = await wire.send(request);
    tally.add(request, reply);
    noteAccepted(accepted, request, reply);
    const fault = oracle(request, reply);
    if (fault === null) return;
    const { index, operation, kind } = request;
    tell(`request ${index}, ${operation}, ${kind}: ${fault}\n  ${shownRequest(request, target.address)}`);
  }

  function tell(fault: string): void {
    faults.push(fault);
    target.found(fault);
  }
}
