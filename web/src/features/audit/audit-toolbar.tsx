import { useNavigate } from '@tanstack/react-router';
import type { AuditRecord } from '#contract/audit.ts';
import { AUDIT_ACTIONS, AUDIT_SUBJECTS } from '#contract/audit-words.ts';
import type { OnWire } from '../../api/wire.ts';
import { OnlyChip } from '../../components/only-chip.tsx';
import { paths } from '../../paths.ts';
import { choice } from '../../search.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { type AuditSearch, addressOf, csvPath } from './audit-search.ts';
import styles from './audit-toolbar.module.css';
import { DaysForm } from './days-form.tsx';
import { actionWords, subjectWords, whoWords } from './words.ts';

type AuditToolbarProps = { search: AuditSearch; records: readonly OnWire<AuditRecord>[] };

/** Which records are shown: what was done, to what, when and by whom. */
export function AuditToolbar({ search, records }: AuditToolbarProps) {
  const navigate = useNavigate();
  const show = (change: Partial<AuditSearch>) =>
    void navigate({ to: paths.audit, search: addressOf(search, change), resetScroll: false });
  return (
    <div className={`${styles.bar} no-print`}>
      <Select
        label="What was done"
        className={styles.filter}
        value={search.action}
        onChange={(value) => show({ action: choice(value, ['all', ...AUDIT_ACTIONS], 'all') })}
      >
        <option value="all">Whatever was done</option>
        {AUDIT_ACTIONS.map((action) => (
          <option key={action} value={action}>
            {actionWords(action)}
          </option>
        ))}
      </Select>
      <Select
        label="To what"
        className={styles.filter}
        value={search.subject}
        onChange={(value) => show({ subject: choice(value, ['all', ...AUDIT_SUBJECTS], 'all') })}
      >
        <option value="all">To whatever</option>
        {AUDIT_SUBJECTS.map((subject) => (
          <option key={subject} value={subject}>
            {subjectWords(subject)}
          </option>
        ))}
      </Select>
      {search.actor !== undefined && (
        <OnlyChip
          to={paths.audit}
          search={addressOf(search, { actor: undefined })}
          words={actorWords(search.actor, records)}
          all="what everybody did"
        />
      )}
      {search.subject_id !== undefined && (
        <OnlyChip
          to={paths.audit}
          search={addressOf(search, { subject_id: undefined })}
          words={subjectName(search.subject_id, records)}
          all="what was done to everybody"
        />
      )}
      <DaysForm search={search} onChange={show}>
        <a href={csvPath(search)} download className={`${buttonClass()} ${styles.end}`} title="All pages">
          <Icon name="download" /> CSV
        </a>
      </DaysForm>
    </div>
  );
}

/** The records of one are all that the page knows of them. */
function actorWords(id: string, records: AuditToolbarProps['records']): string {
  const one = records.find(({ actor_id }) => actor_id === id);
  return one === undefined ? id : whoWords(one);
}

function subjectName(id: string, records: AuditToolbarProps['records']): string {
  return records.find(({ subject_id }) => subject_id === id)?.subject_name ?? id;
}
