import type { Random } from '../../src/synthetic/random.ts';
import { type OpenApiDocument, resolved, type Schema } from './document.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** What values are drawn from. The same seed draws the same ones, but for reports, whose ids the product chooses. */
export type World = {
  document: OpenApiDocument;
  startedAt: number;
  sessions: readonly string[];
  tutors: readonly string[];
  reports: readonly string[];
};

/** Names that are allowed, and not harmless to whoever shows them. */
const NAMES = ['Maria Lopez', 'José', '<b>Bob</b>', '=1+1', '@x', "O'Hara", 'Ünï 🦉', '\u202eevil', 'a\r\nBcc: b@c.de'];

/** A value that a schema allows. `name` is the field, which says whose id an id is. */
export function validValue(world: World, random: Random, schema: Schema, name = ''): unknown {
  const { anyOf, enum: words, type, ...rules } = resolved(world.document, schema);
  if (rules.const !== undefined) return rules.const;
  if (words !== undefined) return random.pick(words);
  if (anyOf !== undefined) return validValue(world, random, random.pick(anyOf), name);
  switch (type) {
    case 'string':
      return validText(world, random, rules, name);
    case 'integer':
      return random.integer(rules.minimum ?? -10, Math.min(rules.maximum ?? 1000, random.chance(0.8) ? 500 : 1e9));
    case 'number':
      return Math.round(random.between(rules.minimum ?? 0, rules.maximum ?? 100) * 100) / 100;
    case 'boolean':
      return random.chance(0.5);
    case 'array':
      return Array.from({ length: random.integer(0, 4) }, () => validValue(world, random, rules.items ?? {}));
    case 'object':
      return validObject(world, random, rules);
    case undefined:
    default:
      return null;
  }
}

function validText(world: World, random: Random, { format, maxLength = 40 }: Schema, name: string): string {
  switch (format) {
    case 'uuid':
      return validId(world, random, name);
    case 'date-time':
      return new Date(
        Math.floor((world.startedAt - random.between(-10, 60) * DAY_MS) / HOUR_MS) * HOUR_MS,
      ).toISOString();
    case 'date':
      return new Date(world.startedAt - random.integer(1, 400) * DAY_MS).toISOString().slice(0, 10);
    case 'email':
      return `tutor-${random.integer(1, 200)}@example.com`;
    case undefined:
    default:
      return random.pick(NAMES).slice(0, maxLength);
  }
}

function validId({ sessions, tutors, reports }: World, random: Random, name: string): string {
  const pools: Record<string, readonly string[]> = { session_id: sessions, tutor_id: tutors, report_id: reports };
  const pool = pools[name] ?? random.pick([sessions, tutors, reports]);
  return pool.length === 0 || random.chance(0.05) ? random.uuid() : random.pick(pool);
}

function validObject(world: World, random: Random, { properties = {}, required = [] }: Schema): object {
  const names = Object.keys(properties).filter((name) => required.includes(name) || random.chance(0.5));
  const drawn = names.map((name) => [name, validValue(world, random, properties[name] ?? {}, name)]);
  const value: Record<string, unknown> = Object.fromEntries(drawn);
  return 'session_id' in value && random.chance(0.8) ? plausibleSession(value, world.startedAt, random) : value;
}

/** The rules between the fields of a session, which no schema tells: without them hardly any would be taken. */
function plausibleSession(session: Record<string, unknown>, startedAt: number, random: Random): object {
  const { completed_time: _, reschedule_info: move, occurred_at: __, tutor, ...rest } = session;
  const isHeld = rest['status'] === 'completed';
  const drawn = Date.parse(String(rest['scheduled_time'])) - random.integer(0, 20) * DAY_MS;
  const scheduled = isHeld ? Math.min(drawn, startedAt - 5 * HOUR_MS) : drawn;
  const needsMove = rest['status'] === 'rescheduled' && random.chance(0.9);
  return {
    ...rest,
    scheduled_time: iso(scheduled),
    tutor: random.chance(0.7) ? (tutor ?? { name: random.pick(NAMES) }) : tutor,
    ...(isHeld ? { completed_time: iso(scheduled + HOUR_MS) } : {}),
    ...(random.chance(0.5) ? { occurred_at: iso(scheduled - random.integer(0, 99) * HOUR_MS) } : {}),
    ...(move === undefined && !needsMove ? {} : { reschedule_info: plausibleMove(move, scheduled, random) }),
  };
}

function plausibleMove(drawn: unknown, scheduled: number, random: Random): object | null {
  if (drawn === null && random.chance(0.5)) return null;
  const reason = typeof drawn === 'object' && drawn !== null && 'reason' in drawn ? drawn.reason : null;
  const new_time = random.chance(0.7) ? iso(scheduled + random.integer(1, 99) * HOUR_MS) : null;
  return { initiator: random.pick(['tutor', 'student']), new_time, reason };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
