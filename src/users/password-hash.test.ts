import { describe, expect, it } from 'vitest';
import { DECOYS, hashPassword, isOutdated, isPasswordOf, isScrypt } from './password-hash.ts';

/** Of other implementations: the reference one of Argon2, with its own parameters and test vectors. */
const REFERENCE = [
  ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  ['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
] as const;

describe('a hashed password', () => {
  it.each(REFERENCE)('is compared at the cost that its hash names: %s, %s', async (password, hash) => {
    expect(await isPasswordOf(hash, password)).toBe(true);
    expect(await isPasswordOf(hash, `${password} `)).toBe(false);
    expect(isOutdated(hash)).toBe(true);
  });

  it('is the same however its letters are put together, and nothing else', async () => {
    const hash = await hashPassword('Zwo\u0308lf große ｋatzen');
    expect(await isPasswordOf(hash, 'Zw\u00f6lf große katzen')).toBe(true);
    expect(await isPasswordOf(hash, 'Zwolf große katzen')).toBe(false);
    expect(isOutdated(hash)).toBe(false);
  });

  it('is never that of a decoy', async () => {
    for (const hash of Object.values(DECOYS)) expect(await isPasswordOf(hash, '')).toBe(false);
    expect([isScrypt(DECOYS.argon2), isScrypt(DECOYS.scrypt)]).toEqual([false, true]);
    expect([isOutdated(DECOYS.argon2), isOutdated(DECOYS.scrypt)]).toEqual([false, true]);
  });

  it('is not compared with something that is no hash', async () => {
    await expect(isPasswordOf('correct horse battery', 'correct horse battery')).rejects.toThrow('neither');
    await expect(isPasswordOf(DECOYS.argon2.replace('argon2id', 'argon2i'), 'x')).rejects.toThrow('neither');
  });
});

it('takes room for a few at a time, however many come at once', async () => {
  const peakMiB = () => process.resourceUsage().maxRSS / 1024;
  const before = peakMiB();
  await Promise.all(Array.from({ length: 20 }, () => isPasswordOf(DECOYS.argon2, 'wrong horse battery')));
  // Each takes 19: all of them would take 380.
  expect(peakMiB() - before).toBeLessThan(220);
});
