import type { TutorEvidence } from '#contract/evidence.ts';
import { countOf, formatNumber } from '#contract/format.ts';
import type { OnWire } from '../../api/wire.ts';
import { BusinessDay } from '../../components/business-day.tsx';
import { TutorLink, type TutorView } from './tutor-link.tsx';
import styles from './why-card.module.css';

type CountedMovesProps = { view: TutorView; moves: OnWire<TutorEvidence>['moves'] };

/** So many fit above the fold; the others are in the list that each of them leads to. */
const SHOWN = 12;

/** The moves that the evidence stands on, newest first; each leads to its row. */
export function CountedMoves({ view, moves }: CountedMovesProps) {
  if (moves.length === 0) return null;
  const next = moves[SHOWN];
  return (
    <div className={styles.moves}>
      <h3>
        {countOf(moves.length, 'move')} that {moves.length === 1 ? 'counts' : 'count'}
      </h3>
      <ul>
        {moves.slice(0, SHOWN).map(({ session_id, original_time }) => (
          <li key={session_id}>
            <TutorLink view={view} change={{ ...theirTab(view), session: session_id }}>
              <BusinessDay at={original_time} />
            </TutorLink>
          </li>
        ))}
        {next !== undefined && (
          <li>
            <TutorLink view={view} change={{ ...theirTab(view), session: next.session_id }}>
              and {formatNumber(moves.length - SHOWN)} more
            </TutorLink>
          </li>
        )}
      </ul>
    </div>
  );
}

/** The list in which they stand: the moves by the tutor of at least the 90 days that count. */
function theirTab({ search: { days } }: TutorView) {
  return { ...MOVES_BY_TUTOR, days: days < 90 ? 90 : days } as const;
}

const MOVES_BY_TUTOR = {
  tab: 'reschedules',
  initiator: 'tutor',
  sort_by: 'original_time',
  sort_order: 'desc',
  page: 1,
} as const;
