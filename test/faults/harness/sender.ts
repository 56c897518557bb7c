import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Body } from '../../factories.ts';
import type { Model } from './model.ts';
import type { Post } from './posts.ts';

export const API_KEY = 'fault-harness-key-0123456789';

/** What the platform waits for an answer before it asks the other API. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;

const batchAnswer = z.object({
  results: z.array(z.object({ index: z.int(), outcome: z.string().optional(), error: z.string().optional() })),
});

/** How often what was answered; 'none' = no answer came. */
type Answers = Map<string, number>;

/** Posts as the platform does: what gets no 202 is sent again with the same body, to whichever API. */
export class Sender {
  readonly answers: Answers = new Map();
  readonly #addresses: readonly string[];
  readonly #model: Model;
  #turn = 0;

  constructor(addresses: readonly string[], model: Model) {
    this.#addresses = addresses;
    this.#model = model;
  }

  /** Sends until all is accepted, by the API number `only` where that matters. Returns false when `stop` comes first. */
  async deliver({ bodies, isBatch }: Post, stop: AbortSignal, only?: number): Promise<boolean> {
    let left = bodies;
    this.#turn += 1;
    for (let turn = this.#turn; !stop.aborted; turn += 1) {
      left = await this.#try(left, isBatch, this.#addresses[(only ?? turn) % this.#addresses.length] ?? '');
      if (left.length === 0) return true;
      await wait(PAUSE_MS, undefined, { signal: stop }).catch(() => {});
    }
    return false;
  }

  /** Returns what was not accepted. */
  async #try(bodies: Body[], isBatch: boolean, address: string): Promise<Body[]> {
    const accepted = await this.#post(bodies, isBatch, address).catch(() => {
      this.#count('none');
      return [];
    });
    for (const body of accepted) this.#model.accept(body);
    const isAccepted = new Set(accepted);
    return bodies.filter((body) => !isAccepted.has(body));
  }

  async #post(bodies: Body[], isBatch: boolean, address: string): Promise<Body[]> {
    const answer = await fetch(`${address}/api/sessions${isBatch ? '/batch' : ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
      body: JSON.stringify(isBatch ? { sessions: bodies } : bodies[0]),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said: unknown = await answer.json();
    this.#count(String(answer.status));
    if (answer.status !== 202) return [];
    if (!isBatch) return bodies;
    const { results } = batchAnswer.parse(said);
    for (const { error } of results) if (error !== undefined) this.#count(`202 with ${error}`);
    return results.flatMap(({ index, outcome }) => (outcome === undefined ? [] : (bodies[index] ?? [])));
  }

  #count(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}
