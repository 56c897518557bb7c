import { Badge, type Tone } from '../ui/badge.tsx';

type ReportStatus = 'pending' | 'sending' | 'sent' | 'failed';

const LOOKS: Record<ReportStatus, { tone: Tone; words: string }> = {
  pending: { tone: 'watch', words: 'Pending' },
  sending: { tone: 'watch', words: 'Sending' },
  sent: { tone: 'clear', words: 'Sent' },
  failed: { tone: 'high', words: 'Failed' },
};

export function ReportBadge({ status }: { status: ReportStatus }) {
  const { tone, words } = LOOKS[status];
  return <Badge tone={tone}>{words}</Badge>;
}
