import type { ThresholdReplay } from '#contract/threshold.ts';
import type { OnWire } from '../../api/wire.ts';

export type ReplayData = OnWire<ThresholdReplay>;
export type Figures = ReplayData['chosen'];
