import {
  type Block,
  type Expression,
  locate,
  type Query,
  type ScriptStatement,
  type ScriptValue,
  type Span,
  type Statement,
} from "../../dialect/index";
import { invalidIdentifier, type Position, SnowflakeError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { StatementResult } from "../execution/result";
import type { Value } from "../execution/value";
import { wireToValue } from "../results/value";
import { evaluate } from "../translate/index";
import { varchar } from "../types/dataType";
import { runBlock } from "./block";
import { type ExceptionName, isFinal, ScriptError } from "./exceptions";
import { CONVERTED, placedInExpression, placedInStatement } from "./expressionPlace";
import type { Job } from "./job";
import { callNested } from "./nestedProcedure";
import { withRowFields } from "./rowFields";
import { firstRow } from "./rowReader";
import { refuseScalarStatement } from "./scalarStatement";
import type { Scope } from "./scope";
import type { Signal } from "./signal";
import { SCRIPT_STATEMENTS } from "./statements/index";
import { convert } from "./values";

/** Runs the statements of one routine or anonymous block. `text` is what the spans of its tree refer to. */
export class Interpreter {
  /** Child jobs that were started and not awaited. */
  readonly jobs = new Set<Job>();

  constructor(
    readonly context: ExecutionContext,
    readonly text: string,
  ) {}

  block(block: Block, scope: Scope): Promise<Signal | undefined> {
    return runBlock(this, block, scope);
  }

  /**
   * Runs statements until one of them ends the list early. `inBlock`: the list stands directly in a block, where a CONTINUE
   * handler goes on behind the statement that failed. In branches and loops it goes on behind the whole branching construct, or
   * with the next pass: see `recovered`.
   */
  async statements(statements: readonly ScriptStatement[], scope: Scope, inBlock = false): Promise<Signal | undefined> {
    for (const statement of statements) {
      const goesOnBehind = inBlock || statement.kind === "If" || statement.kind === "CaseStatement";
      const run = () => this.statement(statement, scope);
      const signal = goesOnBehind ? await this.recovered(statement.span, run) : await run();
      if (signal) return signal;
    }
    return undefined;
  }

  /** What fails in here is given to the CONTINUE handlers around it; when one takes it, the script goes on behind `work`. */
  async recovered(span: Span, work: () => Promise<Signal | undefined>): Promise<Signal | undefined> {
    try {
      return await work();
    } catch (error) {
      if (isFinal(error)) throw error;
      const script = this.asScriptError("EXPRESSION_ERROR", error, span);
      const outcome = script.passed ? undefined : await this.recover?.(script);
      if (outcome) return outcome.signal;
      script.passed = true;
      throw script;
    }
  }

  private async statement(statement: ScriptStatement, scope: Scope): Promise<Signal | undefined> {
    try {
      const run = SCRIPT_STATEMENTS[statement.kind];
      if (run) return await run(this, statement as never, scope);
      await this.sql(statement, scope);
      return undefined;
    } catch (error) {
      if (isFinal(error)) throw error;
      const name = statement.kind in SCRIPT_STATEMENTS ? "EXPRESSION_ERROR" : "STATEMENT_ERROR";
      throw this.asScriptError(name, error, statement.span);
    }
  }

  private asScriptError(name: ExceptionName, error: unknown, span: Span): ScriptError {
    return error instanceof ScriptError ? error : ScriptError.of(name, error as SnowflakeError, this.positionOf(span));
  }

  /** The CONTINUE handlers in force; a block with such handlers sets it while its statements run. */
  recover: Recover | undefined;

  /** Runs an SQL statement; `:name` in it are the script's variables. */
  async sql(statement: Statement, scope: Scope): Promise<StatementResult> {
    return this.statementAt(statement.span, async () => {
      if (statement.kind === "Call") return callNested(this, statement, scope) ?? this.execute(statement, scope);
      return this.ownText(statement.span, () => this.execute(statement, scope));
    });
  }

  private async execute(statement: Statement, scope: Scope): Promise<StatementResult> {
    const result = await this.context.nested({ variables: scope }).execute(statement, this.text);
    // The statement's own id comes last: those of statements inside it went before.
    scope.implicit.note(result, this.context.session.queryIds.at(-1));
    return result;
  }

  /** What fails in here names its place in the statement's own text. */
  async ownText<T>(span: Span, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof ScriptError ? error : placedInStatement(error, this.text, span);
    }
  }

  /** What fails in here is a STATEMENT_ERROR of that place. */
  statementAt<T>(span: Span, work: () => Promise<T>): Promise<T> {
    return this.failingAs("STATEMENT_ERROR", span, work);
  }

  private async failingAs<T>(
    kind: "STATEMENT_ERROR" | "EXPRESSION_ERROR",
    span: Span,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof ScriptError || isFinal(error)
        ? error
        : ScriptError.of(kind, error as SnowflakeError, this.positionOf(span));
    }
  }

  /** The value of an expression, in which variables need no colon. `before`: see `placedInExpression`. */
  async evaluate(expression: Expression, scope: Scope, before = 0): Promise<Value> {
    const direct = variableOf(expression, scope);
    if (direct) return direct;
    return this.expressionAt(expression.span, async () => {
      const prepared = withRowFields(expression, scope);
      const now = this.context.services.clock.nowMicros();
      const context = this.context.nested({ variables: prepared.variables, ownQueryId: false, now });
      try {
        return await evaluate(context, prepared.expression);
      } catch (error) {
        throw placedInExpression(error, this.text, expression, scope, before);
      }
    });
  }

  /** What fails in here is an EXPRESSION_ERROR of that place. */
  expressionAt<T>(span: Span, work: () => Promise<T>): Promise<T> {
    return this.failingAs("EXPRESSION_ERROR", span, work);
  }

  /** What a variable that is no RESULTSET is given. */
  scalar(value: ScriptValue, scope: Scope, isConverted: boolean): Promise<Value> {
    return this.expressionAt(value.span, async () => {
      refuseScalarStatement(value, this.text);
      return this.value(value, scope, isConverted ? CONVERTED : 0);
    });
  }

  /** The value of an expression or of a statement in parentheses: the first cell of its result. */
  async value(value: ScriptValue, scope: Scope, before = 0): Promise<Value> {
    if (value.kind !== "StatementValue") return this.evaluate(value, scope, before);
    const result =
      value.statement.kind === "Query"
        ? await this.queryValue(value, value.statement, scope, before)
        : await this.sql(value.statement, scope);
    if (result.value) return result.value;
    const column = result.columns[0];
    if (!column) throw new SnowflakeError("000603", "XX000", "The statement has no result.");
    const { row, more } = await firstRow(result);
    if (more && value.statement.kind === "Query")
      throw ScriptError.of("EXPRESSION_ERROR", subqueryHasManyRows(), this.positionOf(value.span));
    return wireToValue(column.type, row?.[0] ?? null);
  }

  /** A query that gives a value is an expression, and fails as one. */
  private queryValue(value: ScriptValue, query: Query, scope: Scope, before: number): Promise<StatementResult> {
    return this.expressionAt(value.span, async () => {
      try {
        return await this.execute(query, scope);
      } catch (error) {
        throw placedInExpression(error, this.text, value, scope, before);
      }
    });
  }

  /**
   * A condition holds when its value is TRUE or is written `1` or `true`; anything else does not, and is no error.
   * The account reads them so; the documentation asks for a BOOLEAN.
   */
  async isTrue(condition: Expression, scope: Scope): Promise<boolean> {
    if (condition.kind === "Parenthesized") return this.isTrue(condition.expression, scope);
    // A constant has no zeros at its end: 1.0 is 1.
    if (condition.kind === "NumberLiteral") return Number(condition.text) === 1;
    const value = await this.evaluate(condition, scope);
    if (value.type.kind === "BOOLEAN") return value.value === true;
    const written = value.type.kind === "VARIANT" ? value : await convert(this.context, value, varchar());
    return /^(?:1|true)$/i.test(String(written.value));
  }

  /** Sets a variable, converted to its declared type. */
  async assign(name: string, value: Value, scope: Scope, span: Span): Promise<void> {
    const slot = scope.find(name);
    if (slot?.kind !== "value") throw invalidIdentifier(name, this.positionOf(span));
    slot.value = await this.expressionAt(span, () => convert(this.context, value, slot.type));
  }

  /** Line from 1, position from 0, as messages say them. */
  positionOf(span: Span): Position {
    const { line, column } = locate(this.text, span.start);
    return { line, column: column - 1 };
  }
}

const subqueryHasManyRows = () =>
  new SnowflakeError("090150", "22000", "Single-row subquery returns more than one row.");

/** Runs a matching CONTINUE handler; undefined when none matches. */
export type Recover = (error: ScriptError) => Promise<{ signal: Signal | undefined } | undefined>;

/** A plain variable needs no round trip to the engine. */
function variableOf(expression: Expression, scope: Scope): Value | undefined {
  switch (expression.kind) {
    case "Parenthesized":
      return variableOf(expression.expression, scope);
    case "BindVariable":
      return scope.get(expression.name.value);
    case "ColumnReference":
      if (expression.parts.length === 1) return scope.get((expression.parts[0] as { value: string }).value);
      return expression.parts.length === 2
        ? scope.field(expression.parts[0]!.value, expression.parts[1]!.value)
        : undefined;
    default:
      return undefined;
  }
}
