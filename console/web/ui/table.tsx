import type { ReactNode } from "react";

export interface Column<T> {
  name: string;
  /** Numbers stand at the right, so that their digits align. */
  isNumber?: boolean;
  /** Names of actions and the like are not broken before they must. */
  isName?: boolean;
  /** Sentences need room to be read. */
  isText?: boolean;
  /** Left out on a phone: what nobody looks up there. */
  isOnlyWide?: boolean;
  cell: (row: T) => ReactNode;
}

interface TableProps<T> {
  /** What the table lists, for screen readers. */
  caption: string;
  columns: Column<T>[];
  rows: readonly T[];
  keyOf: (row: T, index: number) => string | number;
}

/** A table of modest length; scrolls sideways by itself when the screen is narrow. */
export function Table<T>({ caption, columns, rows, keyOf }: TableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, ...column }) => (
              <th key={name} scope="col" className={classOf(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map(({ name, cell, ...column }) => (
                <td key={name} className={classOf(column)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const classOf = ({
  isNumber,
  isName,
  isText,
  isOnlyWide,
}: Pick<Column<unknown>, "isNumber" | "isName" | "isText" | "isOnlyWide">) =>
  [isNumber && "number", isName && "name", isText && "sentence", isOnlyWide && "only-wide"].filter(Boolean).join(" ") ||
  undefined;
