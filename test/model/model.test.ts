import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import { COMMANDS } from './commands.ts';
import { Model } from './model.ts';
import { beginRun, endRun, openService, type Service } from './real.ts';

const SHORT = 5;
/** More runs, with other seeds: MODEL_RUNS=1000 MODEL_SEED=7 npx vitest run test/model */
const RUNS = Number(process.env['MODEL_RUNS'] ?? SHORT);
const SEED = Number(process.env['MODEL_SEED'] ?? 1);

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.api.close());

it(
  'knows at every moment what the specification says',
  async () => {
    const property = fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 60, size: 'max' }), async (commands) => {
      const run = { model: new Model(), real: beginRun(service) };
      await service.api.send({ method: 'PUT', url: '/api/settings', payload: { risk_threshold: 15 } });
      await fc.asyncModelRun(() => run, commands);
      await endRun(run.real);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: RUNS === SHORT });
  },
  RUNS * 60_000,
);
