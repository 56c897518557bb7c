// Are the flags right? Plays marketplaces whose truth is known and holds the rules against it and against the ideal
// observer. The same figures each time; two to three minutes on one core. Run by hand: node bench/flag-quality.ts
import { riseCharts } from '../src/scoring/rise.ts';
import { runWorld } from './flag-quality/run-world.ts';
import { alarmsTable, rulesTable, wrongTable } from './flag-quality/table.ts';
import { WORLDS } from './flag-quality/worlds.ts';

const SEEDS = [1, 2, 3];

const charts = riseCharts();
const worlds = WORLDS.map((world) => {
  const runs = SEEDS.map((seed) => runWorld(world, seed, charts));
  print(world.name, rulesTable(runs));
  return runs;
});
print('alarms of risen rates', alarmsTable(worlds));
print('opened wrongly a day', wrongTable(worlds));

function print(title: string, table: string): void {
  process.stdout.write(`### ${title}\n\n${table}\n`);
}
