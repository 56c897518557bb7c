/** How long `run` took in each of so many rounds, in ms; what `prepare` does before each is not counted. */
export async function timesOf(
  rounds: number,
  run: () => Promise<unknown>,
  prepare: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await prepare();
    const started = performance.now();
    await run();
    took.push(performance.now() - started);
  }
  return took;
}
