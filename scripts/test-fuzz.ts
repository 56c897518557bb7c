import { parseArgs } from 'node:util';
import { openAccounts } from '../src/users/accounts.ts';
import { importAll } from '../test/fuzz/import-all.ts';
import { memoryWatch } from '../test/fuzz/memory.ts';
import { startProduct } from '../test/fuzz/product.ts';
import { type FuzzPlan, fuzz } from '../test/fuzz/run.ts';
import { settled } from '../test/fuzz/settled.ts';
import { slowSenders } from '../test/fuzz/slow.ts';
import { openTarget } from '../test/fuzz/target.ts';

const HELP = `npm run test:fuzz -- [--requests 100000] [--seed 1] [--only 123 | --only 120-130] [--connections 48]

Sends hostile requests, drawn from our own OpenAPI document, to the product as npm start runs it.
--only sends these requests of the same seed alone, after no others.`;

// Exit code 1 when anything was found, 0 when nothing was.
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    connections: { type: 'string', default: '48' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) say(HELP);
else process.exitCode = (await run()) === 0 ? 0 : 1;

async function run(): Promise<number> {
  const plan = planOf();
  say(`seed ${plan.seed}, requests ${plan.from} to ${plan.until - 1}, ${plan.connections} connections`);
  const product = await startProduct();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // What was sent so far is still told.
    process.once(signal, () => {
      plan.until = 0;
    });
  }
  const accounts = await openAccounts(product.db, { secret: product.secret, isSecure: false });
  const memory = await memoryWatch(() => product.memoryMb());
  const began = performance.now();
  const target = await openTarget({
    ...product,
    accounts,
    between: async (done) => {
      if (done % plan.chunk === 0)
        say(`${done} sent, ${rate(done - plan.from, began)}, ${await product.memoryMb()} MB`);
      return product.complaints();
    },
    found: (fault) => say(`FAULT ${fault}`),
  });
  const { tally, faults } = await fuzz(target, plan);
  const seconds = (performance.now() - began) / 1000;
  say(`\n${tally.table()}\n`);
  say(`${tally.total} requests in ${seconds.toFixed(0)} s, ${rate(tally.total, began)}; seed ${plan.seed}`);
  if (values.only === undefined) {
    const slow = await slowSenders(product.address, await target.credentials(), { count: 600, untilMs: 120_000 });
    say(slow.words);
    const found = [...slow.faults, ...(await importAll(product, plan.seed, say))];
    for (const each of found) say(`FAULT ${each}`);
    faults.push(...found);
  }
  const last = [...(await settled(product.db)), ...product.complaints()];
  const { words, fault } = await memory.end();
  say(words);
  if (fault !== null) last.push(fault);
  const code = await product.stop();
  if (code !== 0) last.push(`the product stopped with ${code}`);
  for (const each of last) say(`FAULT ${each}`);
  faults.push(...last);
  say(faults.length === 0 ? 'Nothing was found.' : `${faults.length} faults.`);
  return faults.length;
}

function planOf(): FuzzPlan {
  const [first, last = first] = (values.only ?? '').split('-').map(Number);
  const seed = Number(values.seed);
  const connections = Number(values.connections);
  if (values.only === undefined || first === undefined || last === undefined) {
    return { seed, from: 0, until: Number(values.requests), chunk: 2000, connections };
  }
  return { seed, from: first, until: last + 1, chunk: 2000, connections };
}

function rate(requests: number, began: number): string {
  return `${Math.round((requests * 1000) / (performance.now() - began))} a second`;
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
