import type { DuckDBValue } from "@duckdb/node-api";
import type { Expression, Query, Span } from "../../dialect/index";
import type { Position } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn } from "../execution/result";
import type { Bound } from "./bound";
import type { TranslatedQuery } from "./contract";
import { LineStarts } from "./lineStarts";
import type { PathColumns } from "./query/pathColumns";
import type { Recorder } from "./recorder";
import type { RefreshCapture } from "./refreshCapture";
import { Scope } from "./scope";
import { type Settings, settings } from "./settings";
import { quote } from "./sql";

/** A query as SQL whose columns are named `o1 … on`. */
export interface BoundQuery {
  sql: string;
  columns: ResultColumn[];
  ordered: boolean;
  /** It has one row at most. */
  isOneRow?: boolean;
}

/** A common table expression in force. */
export interface CommonTable {
  /** Its name in the SQL. */
  sqlName: string;
  columns: ResultColumn[];
  /** Translates it anew for each reference, instead of `sqlName`. */
  expand?: () => BoundQuery;
}

/** What all parts of one translation share. */
export class Shared {
  readonly params: DuckDBValue[] = [];
  readonly relations = new Set<number>();
  deterministic = true;
  readonly prerequisites: TranslatedQuery["prerequisites"] = [];
  private counter = 0;
  /** Set when the query is taken apart for incremental refresh. */
  capture?: RefreshCapture;
  /** Set when what the translation reads is written down. */
  recorder?: Recorder;
  /** What relations of FROM give besides their columns. */
  readonly pathColumns: PathColumns = new Map();
  /** The columns that expressions named, in the order of reading: the level they belong to and where they are named. */
  readonly columnReads: { scope: Scope; span: Span }[] = [];
  /** What the texts of views and functions define, as messages name it. */
  readonly definitions = new Map<string, string>();
  /** Depth of nested views, against endless recursion. */
  viewDepth = 0;

  private readonly lines = new Map<string, LineStarts>();

  /** A translation reads its own text and those of its views. */
  linesOf(text: string): LineStarts {
    const known = this.lines.get(text) ?? new LineStarts(text);
    this.lines.set(text, known);
    return known;
  }

  /** A name no other part of the SQL has. */
  fresh(prefix: string): string {
    return `${prefix}${++this.counter}`;
  }

  /** A parameter of the prepared statement; a text has one number, so that what is grouped by it can be selected. */
  parameter(value: DuckDBValue): string {
    if (this.capture && typeof value === "string") return quote(value);
    const known = typeof value === "string" ? this.params.indexOf(value) : -1;
    return `$${known < 0 ? this.params.push(value) : known + 1}`;
  }
}

/** The rules by which nodes are translated; assembled in `rules.ts`. */
export interface Rules {
  expression(binder: Binder, node: Expression): Bound;
  query(binder: Binder, node: Query): BoundQuery;
}

/** Translates within one query level; `child` opens the next one. */
export class Binder {
  constructor(
    readonly rules: Rules,
    readonly context: ExecutionContext,
    readonly shared: Shared,
    /** The text that spans refer to. */
    readonly text: string,
    readonly scope: Scope = new Scope(),
    readonly commonTables: ReadonlyMap<string, CommonTable> = new Map(),
    /** Array binds: columns that hold the values of each `?`. */
    readonly batch?: readonly Bound[],
  ) {}

  private memo: Settings | undefined;
  /** Session parameters that expressions depend on. */
  get settings(): Settings {
    this.memo ??= settings(this.context);
    return this.memo;
  }

  /** For a subquery: a new level that can see this one. */
  child(options: { correlated?: boolean; commonTables?: ReadonlyMap<string, CommonTable> } = {}): Binder {
    const parent = options.correlated === false ? this.scope.parent : this.scope;
    return new Binder(
      this.rules,
      this.context,
      this.shared,
      this.text,
      new Scope(parent),
      options.commonTables ?? this.commonTables,
      this.batch,
    );
  }

  withTables(commonTables: ReadonlyMap<string, CommonTable>): Binder {
    return new Binder(this.rules, this.context, this.shared, this.text, this.scope, commonTables, this.batch);
  }

  /** For another text with its own rights and namespace (a view); `definition` is what it defines. */
  elsewhere(context: ExecutionContext, text: string, definition?: string): Binder {
    if (definition) this.shared.definitions.set(text, definition);
    return new Binder(this.rules, context, this.shared, text);
  }

  expression(node: Expression): Bound {
    return { ...this.rules.expression(this, node), node };
  }

  query(node: Query): BoundQuery {
    return this.rules.query(this, node);
  }

  /** Line (from 1) and position (from 0) for messages. */
  position(span: Span): Position {
    return this.shared.linesOf(this.text).position(span.start);
  }

  /** The place of an operator between its operands, or of the whole expression. */
  operatorPosition(node: { span: Span; left?: { span: Span }; right?: { span: Span } }): Position {
    if (!node.left || !node.right) return this.position(node.span);
    const between = this.text.slice(node.left.span.end, node.right.span.start);
    const start = node.left.span.end + Math.max(0, between.search(/[^\s)]/));
    return this.position({ start, end: start });
  }

  source(span: Span): string {
    return this.text.slice(span.start, span.end);
  }
}
