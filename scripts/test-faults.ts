import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { countByKind, recoveryTable, summaryOf } from '../test/faults/harness/report.ts';
import { type RunResult, runFaults } from '../test/faults/harness/run.ts';
import type { FaultRecord } from '../test/faults/harness/script.ts';

/**
 * Proves by force that nothing is lost and nothing doubled: `npm run test:faults` plays 208 faults in four runs, two
 * seeds on either queue. `-- --seed 7 --faults 40 --queue redis` plays one of them alone, `--json FILE` also writes
 * everything that was measured. Exit code 1 when a promise was broken.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', multiple: true, default: ['1', '2'] },
    faults: { type: 'string', default: '52' },
    queue: { type: 'string' },
    rate: { type: 'string', default: '8' },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const queues = (['postgres', 'redis'] as const).filter((queue) => values.queue === undefined || queue === values.queue);
if (queues.length === 0) throw new Error('--queue must be postgres or redis');
if (queues.includes('redis') && !hasRedis) throw new Error('redis-server is not on this machine: --queue postgres');

const results: RunResult[] = [];
for (const seed of values.seed.map(Number)) {
  for (const queue of queues) {
    const faults = Number(values.faults);
    const kinds = values.only === undefined ? {} : { kinds: values.only };
    const options = { seed, faults, queue, perSecond: Number(values.rate), isDurable: true, ...kinds };
    let done = 0;
    const result = await runFaults(options, (records) => {
      done += records.length;
      say(`${done} of ${faults}: ${records.map(wordsOf).join(' and ')}`);
    });
    results.push(result);
    print(summaryOf(result));
    // After each run: what was found is not lost with the next one.
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  }
}

const all = results.flatMap(({ faults }) => faults);
print(`\nRecovery in seconds, middle / worst:\n\n${recoveryTable(all)}\n`);
print('Faults by kind:');
for (const [kind, count] of Object.entries(countByKind(all))) print(`  ${count} ${kind}`);
const broken = results.flatMap(({ problems }) => problems).length;
print(`\n${all.length} faults, ${broken === 0 ? 'every promise held' : `${broken} promises broken`}`);
process.exitCode = broken === 0 ? 0 : 1;

function wordsOf({ kind, target, recovered }: FaultRecord): string {
  return `${kind} (${target}), scored again after ${(recovered.scoredMs / 1000).toFixed(2)} s`;
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

function print(words: string): void {
  process.stdout.write(`${words}\n`);
}
