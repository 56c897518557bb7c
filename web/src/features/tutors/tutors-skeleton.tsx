import { Loading, Skeleton } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, sortClass, Table, TableBody, TableHead } from '../../ui/table.tsx';
import { columnsOf } from './columns.ts';
import type { TutorsSearch } from './tutors-search.ts';
import { headWords } from './tutors-table.tsx';

const ROWS = Array.from({ length: 15 }, (_, row) => row);
/** Names differ in length. */
const NAME_WIDTHS = [120, 96, 140, 108];

/** The table before its first answer, with the columns that it will have. */
export function TutorsSkeleton({ search }: { search: TutorsSearch }) {
  const columns = columnsOf(search.columns);
  return (
    <Loading what="tutors">
      <Table caption="">
        <TableHead>
          <HeadCell>
            <span className={sortClass}>Name</span>
          </HeadCell>
          {columns.map((column) => (
            <HeadCell key={column.name} isNumber={column.isNumber}>
              {headWords(column, search)}
            </HeadCell>
          ))}
        </TableHead>
        <TableBody>
          {ROWS.map((row) => (
            <Row key={row}>
              <Cell isLead>
                <Skeleton width={NAME_WIDTHS[row % NAME_WIDTHS.length] ?? 120} />
              </Cell>
              {columns.map(({ name, isNumber }) => (
                <Cell key={name} isNumber={isNumber}>
                  <Skeleton width={64} />
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </Loading>
  );
}
