/** Tells when what was sent can be seen, by the number of sessions that each tutor has. */
export type Arrivals = {
  /** One more session of a tutor is under way, and its time runs from `at`. */
  expect: (tutorId: string, at: number) => void;
  /** So many sessions of a tutor can be seen now. */
  seen: (tutorId: string, sessions: number) => void;
  /** Milliseconds that each session took, without the first `warmUp`. */
  waits: number[];
  missing: () => number;
};

type Tutor = { before: number; seen: number; expected: number; underWay: { number: number; at: number }[] };

/** @param warmUp so many sessions are expected before it counts */
export function arrivals(warmUp: number): Arrivals {
  const tutors = new Map<string, Tutor>();
  const waits: number[] = [];
  let arrived = 0;
  const arrive = (ms: number) => {
    arrived += 1;
    if (arrived > warmUp) waits.push(ms);
  };
  return {
    waits,
    expect: (id, at) => {
      const tutor = tutors.get(id);
      if (tutor === undefined) throw new Error(`${id} was never seen`);
      tutor.expected += 1;
      if (tutor.seen >= tutor.before + tutor.expected) arrive(0);
      else tutor.underWay.push({ number: tutor.expected, at });
    },
    seen: (id, sessions) => {
      const tutor = tutors.get(id) ?? { before: sessions, seen: sessions, expected: 0, underWay: [] };
      tutors.set(id, tutor);
      tutor.seen = Math.max(tutor.seen, sessions);
      const isHere = ({ number }: { number: number }) => number <= tutor.seen - tutor.before;
      for (const { at } of tutor.underWay.filter(isHere)) arrive(performance.now() - at);
      tutor.underWay = tutor.underWay.filter((session) => !isHere(session));
    },
    missing: () => tutors.values().reduce((sum, { underWay }) => sum + underWay.length, 0),
  };
}
