import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header carries the token, whatever the case of its scheme; compared in constant time. Without a token nobody is let in. */
export function bearerOf(token: string | undefined): (authorization: string | undefined) => boolean {
  if (token === undefined) return () => false;
  const known = digest(`Bearer ${token}`);
  return (authorization) =>
    authorization !== undefined && timingSafeEqual(digest(authorization.replace(/^bearer /i, 'Bearer ')), known);
}

/** Digests have one length, so the time tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
