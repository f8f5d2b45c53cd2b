import { Table as TableIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { IconButton } from '../forms/button.tsx';
import { NUMERIC, Td, Th } from './table.tsx';
import { classNames } from '../class-names.ts';

export interface ChartRow {
  readonly label: string;
  readonly values: readonly string[];
}

export interface ChartFrameProps {
  readonly title: string;
  /** The formatted main number, for instance a total. */
  readonly value?: string;
  /** The change compared with an earlier time, with a sign and a word. */
  readonly delta?: ReactNode;
  /** The column headings of the table: the heading of the labels, then the heading of each series. */
  readonly columns: readonly string[];
  /** The chart's data as a table, for people who do not see the chart. */
  readonly rows: readonly ChartRow[];
  /** The label of the button that switches between chart and table. */
  readonly tableLabel: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A chart with a title, a main number, and a table of the same data. */
export function ChartFrame({ title, value, delta, columns, rows, tableLabel, children, className }: ChartFrameProps) {
  const [isTable, setIsTable] = useState(false);
  return (
    <section aria-label={title} className={classNames('rounded-card border bg-surface p-4', className)}>
      <header className="mb-3 flex items-start justify-between gap-4">
        <div>
          <h2 className="text-14 font-medium text-ink-2">{title}</h2>
          {value && <p className="mt-1 text-28 font-semibold tabular-nums">{value}</p>}
          {delta && <p className="text-14 text-ink-3">{delta}</p>}
        </div>
        <IconButton label={tableLabel} size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
          <TableIcon aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      </header>
      {isTable ? (
        <div className="max-h-64 overflow-y-auto" tabIndex={0} role="group" aria-label={title}>
          <ChartTable columns={columns} rows={rows} />
        </div>
      ) : (
        <>
          <div aria-hidden>{children}</div>
          <div className="sr-only">
            <ChartTable columns={columns} rows={rows} />
          </div>
        </>
      )}
    </section>
  );
}

function ChartTable({ columns, rows }: Pick<ChartFrameProps, 'columns' | 'rows'>) {
  return (
    <table className="w-full border-collapse text-14">
      <thead>
        <tr>
          {columns.map((column, index) => (
            <Th key={column} className={index > 0 ? NUMERIC : undefined}>
              {column}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, values }) => (
          <tr key={label}>
            <Td>{label}</Td>
            {values.map((value, index) => (
              <Td key={columns[index + 1]} className={NUMERIC}>
                {value}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
