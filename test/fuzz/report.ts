import type { FuzzRequest } from './fuzz-request.ts';
import type { Reply } from './wire.ts';

/** How many requests of each operation got which answer. */
export class Tally {
  readonly #statuses = new Map<string, Map<string, number>>();
  readonly #ms = new Map<string, number>();
  total = 0;

  add({ operation }: FuzzRequest, { answers, ms }: Reply): void {
    const status = answers.length === 0 ? 'closed' : String(answers[0]?.status);
    const counts = this.#statuses.get(operation) ?? new Map<string, number>();
    this.#statuses.set(operation, counts.set(status, (counts.get(status) ?? 0) + 1));
    this.total += 1;
    this.#ms.set(operation, (this.#ms.get(operation) ?? 0) + ms);
  }

  /** A Markdown table, one line an operation, most requests first. */
  table(): string {
    const lines = [...this.#statuses]
      .map(([operation, counts]) => ({ operation, counts, sum: [...counts.values()].reduce((a, b) => a + b, 0) }))
      .toSorted((a, b) => b.sum - a.sum)
      .map(({ operation, counts, sum }) => {
        const mean = Math.round((this.#ms.get(operation) ?? 0) / sum);
        return `| ${operation} | ${sum} | ${mean} | ${statusesOf(counts)} |`;
      });
    return ['| operation | requests | mean ms | answers |', '|---|---:|---:|---|', ...lines].join('\n');
  }

  countOf(status: string): number {
    return [...this.#statuses.values()].reduce((sum, counts) => sum + (counts.get(status) ?? 0), 0);
  }
}

function statusesOf(counts: Map<string, number>): string {
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
