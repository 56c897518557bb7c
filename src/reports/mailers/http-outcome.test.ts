import { describe, expect, it } from 'vitest';
import { isConnectFailure } from './http-outcome.ts';

describe('a connection that never came about', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])('is told by %s', (code) => {
    expect(isConnectFailure(code, 'words')).toBe(true);
  });

  it.each(['ECONNRESET', 'EPIPE', 'ERR_CANCELED', ''])('is not told by %j', (code) => {
    expect(isConnectFailure(code, 'words')).toBe(false);
  });

  it('is told apart from one that was lost later', () => {
    expect(isConnectFailure('ETIMEDOUT', 'connect ETIMEDOUT 192.0.2.1:443')).toBe(true);
    expect(isConnectFailure('ETIMEDOUT', 'read ETIMEDOUT')).toBe(false);
  });
});
