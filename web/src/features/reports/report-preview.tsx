import { useQuery } from '@tanstack/react-query';
import { reportPath, reportTextQuery } from '../../api/queries.ts';
import { OptionLink } from '../../components/option-link.tsx';
import { paths } from '../../paths.ts';
import { ChoiceGroup, OptionWords, optionClass } from '../../ui/choice.tsx';
import { Failure, Loading, Skeleton } from '../../ui/states.tsx';
import styles from './report-preview.module.css';
import { addressOf, type ReportsSearch } from './reports-search.ts';

const FORMATS = [
  { format: 'html', words: 'HTML' },
  { format: 'text', words: 'Text' },
  { format: 'source', words: 'Source' },
] as const;

/** What the report says, as its reader sees it or as it goes over the wire. */
export function ReportPreview({ id, search }: { id: string; search: ReportsSearch }) {
  const { format } = search;
  return (
    <div className={styles.preview}>
      <div className={styles.bar}>
        <ChoiceGroup label="Show the report as">
          {FORMATS.map(({ format: other, words }) => (
            <OptionLink
              key={other}
              to={paths.reports}
              search={addressOf(search, { format: other })}
              replace
              resetScroll={false}
              className={optionClass}
              isChosen={other === format}
            >
              <OptionWords>{words}</OptionWords>
            </OptionLink>
          ))}
        </ChoiceGroup>
        <a href={reportPath(id, format)} target="_blank" rel="noreferrer" className={styles.alone}>
          Open in a new tab
        </a>
      </div>
      {format === 'html' ? (
        // What a report says comes from outside in part: it may run nothing and reach nothing.
        <iframe sandbox="" src={reportPath(id, 'html')} title="The report as HTML" className={styles.frame} />
      ) : (
        <ReportText key={format} id={id} format={format} />
      )}
    </div>
  );
}

function ReportText({ id, format }: { id: string; format: 'text' | 'source' }) {
  const { data, error, refetch } = useQuery(reportTextQuery(id, format));
  if (data !== undefined) {
    // A field, not plain text: what scrolls must be reached by keyboard too.
    return <textarea className={styles.text} readOnly value={data} aria-label={`The report as ${format}`} />;
  }
  if (error !== null) {
    return <Failure title="The report could not be loaded." error={error} retry={() => void refetch()} />;
  }
  return (
    <Loading what="the report">
      <Skeleton height={320} />
    </Loading>
  );
}
