import { Loading, Skeleton } from './states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from './table.tsx';

const ROWS = Array.from({ length: 12 }, (_, row) => row);

type TableSkeletonProps = {
  /** What is being loaded, in words. */
  what: string;
  caption: string;
  /** Of each column its head, and in pixels how long what usually stands there is. */
  columns: Readonly<Record<string, number>>;
};

/** A table before its first rows are there. */
export function TableSkeleton({ what, caption, columns }: TableSkeletonProps) {
  return (
    <Loading what={what}>
      <Table caption={caption}>
        <TableHead>
          {Object.keys(columns).map((head) => (
            <HeadCell key={head}>{head}</HeadCell>
          ))}
        </TableHead>
        <TableBody>
          {ROWS.map((row) => (
            <Row key={row}>
              {Object.entries(columns).map(([head, width]) => (
                <Cell key={head}>
                  <Skeleton width={width} />
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </Loading>
  );
}
