import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Cell, Row, Table, TableBody } from './table.tsx';

test('tells a cell that stays whole from one that may be broken, whatever else they are', () => {
  render(
    <Table caption="Dates">
      <TableBody>
        <Row>
          <Cell isLead>lead</Cell>
          <Cell isLead isWhole>
            lead and whole
          </Cell>
          <Cell>neither</Cell>
        </Row>
      </TableBody>
    </Table>,
  );
  const [lead, both, neither] = screen.getAllByRole('cell').map(({ className }) => className.split(' '));
  expect(both).toHaveLength(2);
  expect(both).toEqual(expect.arrayContaining(lead ?? []));
  expect(neither).toEqual(['']);
});
