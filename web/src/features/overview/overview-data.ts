import type { Overview } from '#contract/overview.ts';
import type { OnWire } from '../../api/wire.ts';

export type OverviewData = OnWire<Overview>;
