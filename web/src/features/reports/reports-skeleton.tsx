import { Loading, Skeleton } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';

const HEADS = ['Tutor', 'State', 'Recipient', 'Made', 'Sent', 'Attempts', 'Error'];
const WIDTHS = [128, 64, 184, 72, 120, 16, 160];
const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The table before its first rows are there. */
export function ReportsSkeleton() {
  return (
    <Loading what="reports">
      <Table caption="Reports">
        <TableHead>
          {HEADS.map((head) => (
            <HeadCell key={head}>{head}</HeadCell>
          ))}
        </TableHead>
        <TableBody>
          {ROWS.map((row) => (
            <Row key={row}>
              {WIDTHS.map((width) => (
                <Cell key={width}>
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
