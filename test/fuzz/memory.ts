const SAMPLE_MS = 1000;
const SETTLE_MS = 10_000;
/** Of the process at its highest, whatever is sent: bodies of 4 MB on 16 connections and their objects are in it. */
const MOST_MB = 700;
/** How much more than after the warm-up it may keep when all is over. */
const MOST_KEPT_MB = 250;

export type MemoryWatch = {
  /** Waits until the process had time to tidy up; says what was seen, and what of it is too much. */
  end(): Promise<{ words: string; fault: string | null }>;
};

/** Samples the memory of a process once a second. */
export async function memoryWatch(memoryMb: () => Promise<number>): Promise<MemoryWatch> {
  const startMb = await memoryMb();
  let peakMb = startMb;
  const sample = async () => {
    const mb = await memoryMb();
    peakMb = Math.max(peakMb, mb);
  };
  const timer = setInterval(() => {
    void sample();
  }, SAMPLE_MS);
  return {
    end: async () => {
      clearInterval(timer);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const endMb = await memoryMb();
      const isTooMuch = peakMb > MOST_MB || endMb - startMb > MOST_KEPT_MB;
      return {
        words: `memory of the API: ${startMb} MB at the start, ${peakMb} MB at its highest, ${endMb} MB at the end`,
        fault: isTooMuch ? `memory: ${startMb}, ${peakMb}, ${endMb} MB` : null,
      };
    },
  };
}
