/** One figure a line, its parts between bars, as a line of a table wants them. */
export function printRow(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
