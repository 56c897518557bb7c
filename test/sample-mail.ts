import type { Mail } from '../src/reports/mailers/mailer.ts';

export function sampleMail(changes: Partial<Mail> = {}): Mail {
  return {
    to: 'ada@example.com',
    from: 'Tutor Quality <reports@example.com>',
    subject: 'High risk: Maria Lopez moved 9 of 29 sessions (31.0 %) in 30 days',
    html: '<p>31.0 %</p>',
    text: '31.0 %\n',
    message_id: '<report.1.1@example.com>',
    ...changes,
  };
}
