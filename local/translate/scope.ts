import { ambiguousColumn, type Position, type SnowflakeError } from "../errors";
import type { DataType } from "../types/dataType";
import type { Bound } from "./bound";
import type { Hierarchy } from "./query/connectBy";
import type { PreparedWindow } from "./query/preparedWindows";

/** A column that expressions can name. `sql` may change while FROM is being assembled, never afterwards. */
export interface ScopeColumn {
  name: string;
  sql: string;
  type: DataType;
  nullable: boolean;
  /** Not part of `*`, nor found without its qualifier (the second column of a USING pair). */
  hidden?: boolean;
  /** Not part of `*`, but found by its name or place (columns of staged files). */
  outsideStar?: boolean;
  source?: { database: string; schema: string; table: string };
  /** As of a result's column. */
  isPlain?: boolean;
}

export interface ScopeRelation {
  /** Name that qualifies columns; absent for an unnamed subquery. */
  name?: string;
  /** Database and schema of a table that was named without an alias, so that `db.schema.t.c` is found too. */
  path?: [database: string, schema: string];
  columns: ScopeColumn[];
  /** A GENERATOR: SEQ functions count its rows by this SQL. */
  rowNumber?: string;
  /** It has columns that are not known here: no star may stand for them. */
  starless?: boolean;
}

export interface UsedColumn {
  /** As messages name it, `T.C`. */
  name: string;
  position?: Position;
  /** Read by a window function, in its arguments or its OVER. */
  inWindow: boolean;
}

/** What was seen in the expressions of one SELECT so far. */
export interface Usage {
  /** Plain columns outside aggregates and outside grouping keys. */
  columns: UsedColumn[];
  aggregates: number;
  windows: number;
}

/** The names one SELECT can see; `parent` is the query around a correlated subquery. */
export class Scope {
  readonly relations: ScopeRelation[] = [];
  usage: Usage = { columns: [], aggregates: 0, windows: 0 };
  /** Set while aggregate arguments are read: columns are free there, further aggregates are not. */
  insideAggregate = false;
  /** Set while arguments and OVER of a window function are read, which hold no further ones. */
  insideWindow = false;
  /** What stands in OVER of the CONDITIONAL_TRUE_EVENT whose condition is read, which may hold LAG and LEAD of the same. */
  eventOver: string | undefined;
  /** SQL of grouping keys → SQL that stands for the key behind GROUP BY. */
  groupKeys: Map<string, string> | undefined;
  /** Gives the expression behind an alias of the select list; undefined when there is none. */
  alias: ((name: string) => Bound | undefined) | undefined;
  /** Aliases win over columns (ORDER BY). */
  aliasFirst = false;
  /** What may not stand here, e.g. `where clause`; aggregates and windows are refused with it. */
  clause: string | undefined;
  /** What is said instead of an aggregate or a window function in a statement that changes rows. */
  refusals: { aggregate?: () => SnowflakeError; window?: () => SnowflakeError } = {};
  readonly lambdas = new Map<string, Bound>();
  /** The lambdas are the parameters of a routine, which win over the columns of its queries. */
  isRoutine = false;
  /** Window functions of window functions that were seen. */
  readonly preparedWindows: PreparedWindow[] = [];
  /** Set in a query with CONNECT BY. */
  hierarchy: Hierarchy | undefined;
  /** The SELECT closes its relations: see `pathColumns`. */
  takesPaths = false;
  /** Bare names may be variables (Scripting expressions). */
  bareVariables: ((name: string) => Bound | undefined) | undefined;

  constructor(readonly parent?: Scope) {}

  /** `around` is a level that this one stands in. */
  isWithin(around: Scope): boolean {
    return this.parent !== undefined && (this.parent === around || this.parent.isWithin(around));
  }

  /** Columns with this name, through all relations or the one that `qualifier` names. */
  lookUp(name: string, qualifier: readonly string[]): ScopeColumn | undefined {
    let found: ScopeColumn | undefined;
    for (const relation of this.relations) {
      if (qualifier.length > 0 && !matches(relation, qualifier)) continue;
      for (const column of relation.columns) {
        if (column.name !== name || (column.hidden && qualifier.length === 0)) continue;
        if (found) throw ambiguousColumn(name);
        found = column;
      }
    }
    return found;
  }

  hasRelation(qualifier: readonly string[]): boolean {
    return this.relations.some((r) => matches(r, qualifier));
  }
}

function matches(relation: ScopeRelation, qualifier: readonly string[]): boolean {
  if (relation.name !== qualifier.at(-1)) return false;
  if (qualifier.length === 1) return true;
  if (!relation.path) return false;
  const [database, schema] = relation.path;
  if (qualifier.length === 2) return qualifier[0] === schema;
  return qualifier.length === 3 && qualifier[0] === database && qualifier[1] === schema;
}
