import type { ComponentChildren } from 'preact';

export interface Column {
  label: ComponentChildren;
  /** Numbers stand at the right, under one another. */
  amount?: boolean;
}

/** Rows under one head. A wide one scrolls by itself, by keyboard too. The first cell of a row names it. */
export function Table({ label, columns, rows, last }: {
  label: string; columns: readonly Column[]; rows: readonly (readonly ComponentChildren[])[]; /** A sum below the rows. */ last?: readonly ComponentChildren[];
}) {
  const cells = (row: readonly ComponentChildren[]) => row.map((cell, index) => {
    const look = columns[index]?.amount ? 'amount' : undefined;
    return index === 0 ? <th scope="row" class={look}>{cell}</th> : <td class={look}>{cell}</td>;
  });
  return (
    <div class="scrolls" role="region" aria-label={label} tabIndex={0}>
      <table class="table">
        <thead><tr>{columns.map((column) => <th scope="col" class={column.amount ? 'amount' : undefined}>{column.label}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <tr>{cells(row)}</tr>)}{last && <tr class="sum">{cells(last)}</tr>}</tbody>
      </table>
    </div>
  );
}
