import { z } from 'zod';
import { object, rule } from './fields.ts';
import { instantOut } from './instant.ts';

export const settingsBody = object({
  risk_threshold: z
    .number(rule('must be a number'))
    .min(0, 'must be at least 0')
    .max(100, 'must be at most 100')
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, 'must have at most two decimals'),
}).meta({ id: 'SettingsBody' });

export const settingsOut = z
  .object({ risk_threshold: z.number(), updated_at: instantOut, updated_by: z.string() })
  .meta({ id: 'Settings' });
