import type { MaterializedViewDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { columnTypeName } from "../../types/dataType";

/** What is said of a materialized view that cannot be read; undefined for one that can. */
export interface Invalidity {
  reason: string;
  /** Whether RESUME makes it valid again. */
  isManual: boolean;
}

/**
 * A view is suspended by its owner, or when its table is dropped, renamed, moved or swapped, or loses or changes a column; a new
 * column changes nothing. Source: https://docs.snowflake.com/en/user-guide/views-materialized#effects-of-changes-to-base-tables
 */
export function invalidityOf({ catalogue }: ExecutionContext, view: MaterializedViewDoc): Invalidity | undefined {
  const { base } = view;
  const table = catalogue.get("TABLE", base.id);
  const isSame =
    table !== undefined &&
    table.droppedOn === undefined &&
    table.name === base.name &&
    table.parentId === base.parentId &&
    base.columns.every(({ id, name, type }) =>
      table.columns.some((column) => column.id === id && column.name === name && columnTypeName(column.type) === type),
    );
  if (!isSame)
    return {
      reason: `DDL Statement was executed on the base table '${base.name}'. Marked Materialized View as invalid.`,
      isManual: false,
    };
  return view.suspended ? { reason: "Marked Materialized View as invalid manually.", isManual: true } : undefined;
}
