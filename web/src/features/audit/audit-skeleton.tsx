import { Loading, Skeleton } from '../../ui/states.tsx';
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx';

const HEADS = ['When', 'Who', 'What', 'About', 'Details'];
const WIDTHS = [128, 112, 72, 136, 160];
const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The table before its first rows are there. */
export function AuditSkeleton() {
  return (
    <Loading what="the audit log">
      <Table caption="Audit log">
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
