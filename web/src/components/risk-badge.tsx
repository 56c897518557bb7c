import { Badge } from '../ui/badge.tsx';

type Risk = { is_high_risk: boolean; total_sessions_90d: number };

/** The flag as the API has it; a tutor without sessions is neither high nor low. */
export function RiskBadge({ is_high_risk, total_sessions_90d }: Risk) {
  if (is_high_risk) return <Badge tone="high">High risk</Badge>;
  if (total_sessions_90d === 0) return <Badge tone="unknown">No sessions</Badge>;
  return <Badge tone="clear">Low risk</Badge>;
}
