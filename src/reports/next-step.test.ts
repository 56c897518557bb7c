import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SendOutcome } from './mailers/mailer.ts';
import { nextStep } from './next-step.ts';

type Report = { attempts: number; unreachable_since: Date | null };

const MINUTE_MS = 60_000;
const now = new Date('2024-01-15T14:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);

const sent: SendOutcome = { kind: 'sent', provider_message_id: 'p-1' };
const failed: SendOutcome = { kind: 'failed', error: '451 try later' };
const refused: SendOutcome = { kind: 'refused', error: '550 no such user' };
const throttled: SendOutcome = { kind: 'throttled', retryAfterMs: 17_000, error: '429' };
const unreachable: SendOutcome = { kind: 'unreachable', error: 'ECONNREFUSED' };

describe('the next step of a report', () => {
  test('is the end when the mail was sent, at any attempt', () => {
    for (const attempts of [1, 2, 3]) {
      const step = nextStep(sent, { attempts, unreachable_since: null, now });
      expect(step).toEqual({ status: 'sent', attempts, provider_message_id: 'p-1' });
    }
  });

  test('is the end when the provider refuses it', () => {
    const step = nextStep(refused, { attempts: 1, unreachable_since: null, now });
    expect(step).toEqual({ status: 'failed', attempts: 1, error_message: '550 no such user' });
  });

  test.each([
    [1, 1],
    [2, 5],
  ])('after failure %i is another attempt in %i min', (attempts, minutes) => {
    const step = nextStep(failed, { attempts, unreachable_since: null, now });
    expect(step).toMatchObject({
      status: 'pending',
      attempts,
      retryMs: minutes * MINUTE_MS,
      error_message: '451 try later',
    });
  });

  test('after the third failure is the end', () => {
    const step = nextStep(failed, { attempts: 3, unreachable_since: null, now });
    expect(step).toEqual({ status: 'failed', attempts: 3, error_message: '451 try later' });
  });

  test('waits as long as a provider asks, at the cost of no attempt', () => {
    const step = nextStep(throttled, { attempts: 3, unreachable_since: null, now });
    expect(step).toMatchObject({ status: 'pending', attempts: 2, retryMs: 17_000, error_message: '429' });
  });

  test('waits a second at least, although a provider asks for none', () => {
    const impatient: SendOutcome = { kind: 'throttled', retryAfterMs: 0, error: '429' };
    expect(nextStep(impatient, { attempts: 1, unreachable_since: null, now })).toMatchObject({ retryMs: 1_000 });
  });

  test('costs no attempt while the provider cannot be reached, and remembers since when', () => {
    const first = nextStep(unreachable, { attempts: 1, unreachable_since: null, now });
    expect(first).toMatchObject({ status: 'pending', attempts: 0, retryMs: MINUTE_MS, unreachable_since: now });
    const later = nextStep(unreachable, { attempts: 1, unreachable_since: minutesAgo(59), now });
    expect(later).toMatchObject({ status: 'pending', attempts: 0, unreachable_since: minutesAgo(59) });
  });

  test('costs an attempt once the provider could not be reached for an hour', () => {
    const since = { unreachable_since: minutesAgo(60), now };
    expect(nextStep(unreachable, { attempts: 1, ...since })).toMatchObject({ status: 'pending', attempts: 1 });
    expect(nextStep(unreachable, { attempts: 3, ...since })).toMatchObject({ status: 'failed', attempts: 3 });
  });

  test.each([failed, throttled])('after $kind begins a new hour: the provider was there', (outcome) => {
    const step = nextStep(outcome, { attempts: 1, unreachable_since: minutesAgo(59), now });
    expect(step).toMatchObject({ status: 'pending', unreachable_since: null });
  });

  test('ends after at most three counted attempts, never without its error, whatever the provider says', () => {
    const outcomes = fc.array(fc.constantFrom(sent, failed, refused, throttled, unreachable), { maxLength: 200 });
    fc.assert(
      fc.property(outcomes, (answers) => {
        let report: Report = { attempts: 0, unreachable_since: null };
        let time = now.getTime();
        for (const outcome of answers) {
          const step = nextStep(outcome, { ...report, attempts: report.attempts + 1, now: new Date(time) });
          expect(step.attempts).toBeGreaterThanOrEqual(0);
          expect(step.attempts).toBeLessThanOrEqual(3);
          if (step.status === 'sent') return;
          expect(step.error_message).not.toBe('');
          if (step.status === 'failed') return;
          // A report that still waits has an attempt left.
          expect(step.attempts).toBeLessThanOrEqual(2);
          expect(step.retryMs).toBeGreaterThan(0);
          report = step;
          time += step.retryMs;
        }
      }),
    );
  });

  test('gives up a provider that is never reached after an hour and two more attempts', () => {
    let report: Report = { attempts: 0, unreachable_since: null };
    let time = now.getTime();
    for (;;) {
      const step = nextStep(unreachable, { ...report, attempts: report.attempts + 1, now: new Date(time) });
      if (step.status !== 'pending') break;
      report = step;
      time += step.retryMs;
    }
    expect((time - now.getTime()) / MINUTE_MS).toBe(60 + 1 + 5);
  });
});
