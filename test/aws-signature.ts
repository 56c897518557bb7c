import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type SignedRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type AwsSecrets = { accessKeyId: string; secretAccessKey: string; region: string; service: string };

/**
 * What is wrong with a request's AWS Signature Version 4, or null: worked out anew from the request and the secret,
 * as the receiving side does. For requests without a query.
 */
export function signatureProblem(request: SignedRequest, secrets: AwsSecrets): string | null {
  const { headers } = request;
  const match = AUTHORIZATION.exec(headers.authorization ?? '');
  if (!match) return 'the Authorization header is not an AWS4-HMAC-SHA256 signature';
  const [, keyId = '', scope = '', signedHeaders = '', signature = ''] = match;
  const time = String(headers['x-amz-date']);
  const expectedScope = `${time.slice(0, 8)}/${secrets.region}/${secrets.service}/aws4_request`;
  if (keyId !== secrets.accessKeyId) return 'unknown access key';
  if (scope !== expectedScope) return `the scope is ${scope} and should be ${expectedScope}`;
  for (const name of ['host', 'x-amz-date']) {
    if (!signedHeaders.split(';').includes(name)) return `${name} is not signed`;
  }
  const canonicalHeaders = signedHeaders.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [request.method, request.path, '', canonicalHeaders.join(''), signedHeaders, sha256(request.body)];
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  const expected = hmac(signingKey(time.slice(0, 8), secrets), toSign).toString('hex');
  return signature === expected ? null : 'the signature does not match';
}

const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

function signingKey(date: string, { secretAccessKey, region, service }: AwsSecrets): Buffer {
  const seed = Buffer.from(`AWS4${secretAccessKey}`);
  return [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, seed);
}

function hmac(key: Buffer, words: string): Buffer {
  return createHmac('sha256', key).update(words).digest();
}

function sha256(words: string): string {
  return createHash('sha256').update(words).digest('hex');
}
