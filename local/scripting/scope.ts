import type { CreateProcedure, Expression, Query, Statement } from "../../dialect/index";
import type { ResultColumn, Row, StatementResult } from "../execution/result";
import type { Value, Variables } from "../execution/value";
import { wireToValue } from "../results/value";
import type { DataType } from "../types/dataType";
import type { DeclaredException } from "./exceptions";
import type { Implicit } from "./implicit";
import type { Job } from "./job";
import type { RowReader } from "./rowReader";

/** What a name of Snowflake Scripting stands for. */
export type Slot =
  /** `type` is the declared type: later values are converted to it. */
  | { kind: "value"; type?: DataType; value: Value }
  | { kind: "cursor"; source: Query | Statement | Expression; reader?: RowReader; result?: StatementResult }
  | { kind: "resultSet"; job?: Job }
  /** The row variable of FOR over a cursor. */
  | { kind: "row"; columns: readonly ResultColumn[]; row: Row }
  | { kind: "exception"; exception: DeclaredException }
  /** `scope` holds what was declared before it, which its body may read and change. */
  | { kind: "procedure"; procedure: CreateProcedure; scope: Scope };

/** The names of one block; what is not found here is looked for in the enclosing block. Names are as stored (upper case unless quoted). */
export class Scope implements Variables {
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly parent: Scope | undefined,
    readonly implicit: Implicit,
  ) {}

  child(): Scope {
    return new Scope(this, this.implicit);
  }

  /** The names so far, with the values they will have: what is declared later is not among them. */
  asOfNow(): Scope {
    const copy = new Scope(this.parent, this.implicit);
    for (const [name, slot] of this.slots) copy.slots.set(name, slot);
    return copy;
  }

  declare(name: string, slot: Slot): void {
    this.slots.set(name, slot);
  }

  find(name: string): Slot | undefined {
    return this.slots.get(name) ?? this.parent?.find(name);
  }

  /** The values as they stand now, for a child job: later assignments do not reach it. */
  frozen(): Variables {
    const values = new Map<string, Value>();
    const collect = (scope: Scope): void => {
      if (scope.parent) collect(scope.parent);
      for (const [name, slot] of scope.slots) {
        if (slot.kind === "value") values.set(name, slot.value);
        else values.delete(name);
      }
    };
    collect(this);
    return { get: (name) => values.get(name) };
  }

  get(name: string): Value | undefined {
    const slot = this.find(name);
    if (slot?.kind === "value") return slot.value;
    return slot ? undefined : this.implicit.get(name);
  }

  /** `r.c` of a row variable. */
  field(name: string, column: string): Value | undefined {
    const slot = this.find(name);
    if (slot?.kind !== "row") return undefined;
    const index = slot.columns.findIndex((candidate) => candidate.name === column);
    const found = slot.columns[index];
    return found && wireToValue(found.type, slot.row[index] ?? null);
  }
}
