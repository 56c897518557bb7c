import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { SharedRedis } from '../redis/shared-redis.ts';

export type KeptAnswer = { version: string; text: string };

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);
/** Packed. What is larger is worked out by each process for itself. */
const MOST_BYTES = 512 * 1024;
const END_OF_VERSION = '\n'.charCodeAt(0);

/**
 * Answers that processes share, one a question: that of another version takes the place of the one before, so that many
 * changes do not fill Redis. Whatever cannot be read there is not there.
 */
export function keptInRedis(redis: SharedRedis, keptMs: number) {
  return {
    get: async (question: string): Promise<KeptAnswer | null> => {
      const stored = await redis.ask((client) => client.getBuffer(`answer:${question}`));
      const end = stored?.indexOf(END_OF_VERSION) ?? -1;
      if (stored === null || end === -1) return null;
      const text = await unpack(stored.subarray(end + 1)).catch(() => null);
      return text === null ? null : { version: stored.toString('utf8', 0, end), text: text.toString('utf8') };
    },
    set: async (question: string, { version, text }: KeptAnswer): Promise<void> => {
      const packed = await pack(text);
      if (packed.length > MOST_BYTES) return;
      const value = Buffer.concat([Buffer.from(`${version}\n`), packed]);
      await redis.ask((client) => client.set(`answer:${question}`, value, 'PX', keptMs));
    },
  };
}
