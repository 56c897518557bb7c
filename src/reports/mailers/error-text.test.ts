import { describe, expect, it } from 'vitest';
import { codeOf, errorText } from './error-text.ts';

describe('the text of a failure', () => {
  it('is one line without control characters', () => {
    expect(errorText(new Error('550 no\r\n\tsuch\u0000user'), [])).toBe('550 no such user');
  });

  it('holds a secret in no form', () => {
    const secret = 'p/ss w%rd';
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    expect(errorText(`wrong: ${forms.join(' | ')}`, [secret, ''])).toBe('wrong: *** | *** | ***');
  });

  it('has at most 300 characters', () => {
    expect(errorText('x'.repeat(1_000), [])).toHaveLength(300);
  });

  it('names every address that was tried', () => {
    const error = new AggregateError([
      new Error('connect ECONNREFUSED ::1:25'),
      new Error('connect ECONNREFUSED 127.0.0.1:25'),
    ]);
    expect(errorText(error, [])).toBe('connect ECONNREFUSED ::1:25; connect ECONNREFUSED 127.0.0.1:25');
  });

  it('is never empty', () => {
    expect(errorText(new Error(''), [])).toBe('no reason given');
  });
});

describe('the code of a failure', () => {
  it.each([
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new Error('x'), { code: 401 }), ''],
    [new Error('x'), ''],
    ['x', ''],
    [null, ''],
  ])('of %o is %j', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});
