import type { Fault } from './fault.ts';
import { LINE_FAULTS } from './line-faults.ts';
import { MAIL_FAULTS } from './mail-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { QUEUE_FAULTS } from './queue-faults.ts';

export const FAULTS: readonly Fault[] = [...PROCESS_FAULTS, ...LINE_FAULTS, ...QUEUE_FAULTS, ...MAIL_FAULTS];
