import type { Name, ObjectType, Span, StageReference } from "../../ast/index";
import { DialectError } from "../../errors";
import { parseObjectName } from "../../parser/parser";
import type { ConstantOf } from "../constants/constant";
import { constantText } from "../constants/constantText";
import type { BodyOwner, ObjectAccess, ObjectAction } from "./objectUse";

/** EXECUTE IMMEDIATE inside EXECUTE IMMEDIATE …: nobody writes it deeper, nor has that many. */
const MAX_DEPTH = 16;
const MAX_TEXTS = 10_000;

/** What is known at one place of a text. */
export interface Scope {
  /** Common table expressions in sight, upper case as stored. */
  tables: ReadonlySet<string>;
  within: BodyOwner[];
  constantOf: ConstantOf;
  /** Variables that hold result sets, which are no tables. */
  resultSets: ReadonlySet<string>;
  /** The dynamic table whose REFRESH USING this is: SELF there is its name. */
  self?: string[];
  /** Set inside a text that was put together: every use points at the EXECUTE IMMEDIATE that runs it. */
  span?: Span;
  /** How many texts this one stands in. */
  texts: number;
}

/** Collects uses in the order in which they are met. */
export class Collector implements ObjectAccess {
  readonly uses: ObjectAccess["uses"] = [];
  readonly opaque: ObjectAccess["opaque"] = [];
  private texts = 0;

  /** The scope of what a text says; undefined when it goes too deep, as one that runs itself does. */
  insideText(span: Span, scope: Scope): Scope | undefined {
    if (scope.texts >= MAX_DEPTH || ++this.texts > MAX_TEXTS) return undefined;
    return { ...scope, tables: new Set(), span: scope.span ?? span, texts: scope.texts + 1 };
  }

  use(action: ObjectAction, objectType: ObjectType, name: Name | string[] | undefined, span: Span, scope: Scope): void {
    const written = Array.isArray(name) || name === undefined ? name : partsOf(name, scope.constantOf);
    const parts = scope.self !== undefined && written?.length === 1 && written[0] === "SELF" ? scope.self : written;
    this.uses.push({
      action,
      objectType,
      ...(parts && { name: parts }),
      span: scope.span ?? span,
      within: scope.within,
    });
  }

  /** A stage by its name, or without one when it is bound; `@~` and external places are no objects, `@%t` is the stage of a table. */
  stage(action: ObjectAction, location: { kind: string; span: Span }, scope: Scope): void {
    if (location.kind === "BindVariable" || location.kind === "BindPlaceholder")
      this.use(action, "STAGE", undefined, location.span, scope);
    if (location.kind !== "StageReference") return;
    const { stage, table, span } = location as StageReference;
    if (stage !== undefined) this.use(action, "STAGE", stage, span, scope);
    else if (table !== undefined) this.use(action, "TABLE STAGE", table, span, scope);
  }

  cannotTell(reason: string, span: Span, { within, span: outer }: Scope): void {
    this.opaque.push({ reason, span: outer ?? span, within });
  }
}

/** The parts of a name, or undefined where only run time knows it: `IDENTIFIER(:x)`. */
export function partsOf(name: Name, constantOf: ConstantOf): string[] | undefined {
  if (name.kind === "ObjectName") return name.parts.map(({ value }) => value);
  const parts = partsOfText(constantText(name.argument, constantOf));
  return parts && [...parts, ...name.rest.map(({ value }) => value)];
}

/** The parts of a name that is given as a text. */
export function partsOfText(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const name = parseObjectName(text);
    return name.kind === "ObjectName" ? name.parts.map(({ value }) => value) : undefined;
  } catch (error) {
    if (error instanceof DialectError) return undefined;
    throw error;
  }
}
