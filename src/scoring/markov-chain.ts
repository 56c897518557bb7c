/**
 * How many steps a Markov chain takes on average, from its first state, before it leaves the states given: row i
 * holds the chance to go from state i to each state that it can go to; what is missing to 1 is the chance to leave.
 * `Infinity` when it cannot leave, 0 when there is no state.
 *
 * The last state is taken out again and again, its steps shared among those that led to it. Rows with few ways stay
 * short. Nothing is subtracted but the chance to stay in place, so that long averages keep their digits.
 * Source: state reduction; Grassmann, Taksar, Heyman 1985, Operations Research 33:1107.
 *
 * @example expectedSteps([new Map([[0, 0.5], [1, 0.25]]), new Map([[1, 0.5]])]) // 3
 */
export function expectedSteps(chances: readonly ReadonlyMap<number, number>[]): number {
  const states = chances.map((row) => ({ to: new Map(row), steps: 1 }));
  let gone = states.pop();
  if (gone === undefined) return 0;
  for (let next = states.at(-1); next !== undefined; next = states.at(-1)) {
    takeOut(gone, states);
    gone = next;
    states.pop();
  }
  return gone.steps / (1 - (gone.to.get(0) ?? 0));
}

type State = { to: Map<number, number>; steps: number };

/** Takes the state after the given ones out of them. */
function takeOut(gone: State, states: readonly State[]): void {
  const place = states.length;
  const leave = 1 - (gone.to.get(place) ?? 0);
  gone.to.delete(place);
  for (const state of states) {
    const chance = state.to.get(place);
    if (chance === undefined) continue;
    state.to.delete(place);
    const through = chance / leave;
    state.steps += through * gone.steps;
    for (const [other, onward] of gone.to) state.to.set(other, (state.to.get(other) ?? 0) + through * onward);
  }
}
