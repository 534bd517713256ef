import {
  type BindVariable,
  type Block,
  type Declaration,
  type Expression,
  type ForCounter,
  type ForCursor,
  type FunctionCall,
  type Identifier,
  locate,
  type Node,
  type Query,
  type ScriptStatement,
  type ScriptValue,
  type Span,
  type Statement,
  type VariableDeclaration,
  visit,
} from "../../dialect/index";
import { compilationError, invalidIdentifier, type Position } from "../errors";
import { printName } from "../names/print";
import { notInferred } from "./check";
import { isImplicit } from "./implicit";
import { withoutType } from "./inference";
import { checkScalarStatement } from "./scalarStatement";

/** `fixed`: the counter of a FOR, which no assignment changes. */
type NameKind = "RESULTSET" | "VARIANT" | "cursor" | "fixed" | "exception" | "other";

/** The names of a script as they come into being while it is read; `around` has those it is run within. */
class Names {
  private readonly own = new Map<string, NameKind>();

  constructor(private readonly around: (name: string) => NameKind | undefined) {}

  find(name: string): NameKind | undefined {
    return this.own.get(name) ?? this.around(name);
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  isResultSet(name: string): boolean {
    return this.find(name) === "RESULTSET";
  }

  add(name: string, kind: NameKind = "other"): void {
    this.own.set(name, kind);
  }

  child(): Names {
    return new Names((name) => this.find(name));
  }
}

/**
 * A block is compiled as a whole before any of it runs: a name that nothing declares up to its place is refused, also where
 * the script would never come. In SQL these are the variables with a colon alone; a name without one is a column there.
 * @param known whether something around the block has the name: arguments, variables of an enclosing procedure
 */
export function checkNames(block: Block, text: string, known: (name: string) => boolean): void {
  new NameCheck(text).block(block, new Names((name) => (isImplicit(name) || known(name) ? "other" : undefined)));
}

class NameCheck {
  constructor(private readonly text: string) {}

  block({ declarations, statements, handlers }: Block, around: Names): void {
    const names = around.child();
    for (const declaration of declarations) this.declaration(declaration, names);
    const body = names.child();
    this.statements(statements, body);
    for (const handler of handlers) this.statements(handler.statements, body.child());
  }

  private statements(statements: readonly ScriptStatement[], names: Names): void {
    for (const statement of statements) this.statement(statement, names);
  }

  private statement(statement: ScriptStatement, names: Names): void {
    switch (statement.kind) {
      case "Block":
        this.block(statement, names);
        break;
      case "VariableDeclaration":
      case "CursorDeclaration":
      case "ResultSetDeclaration":
        this.declaration(statement, names);
        break;
      case "VariableAssignment":
        this.target(statement.target, names);
        if (names.isResultSet(statement.target.value)) this.statementOf(statement.value, names);
        else this.scalar(statement.value, names);
        break;
      case "If":
      case "CaseStatement":
        if (statement.kind === "CaseStatement" && statement.operand) this.expression(statement.operand, names);
        for (const branch of statement.branches) {
          this.expression(branch.condition, names);
          this.statements(branch.statements, names.child());
        }
        this.statements(statement.otherwise ?? [], names.child());
        break;
      case "ForCursor":
        this.value(statement.in, names);
        this.loop(statement, names);
        break;
      case "ForCounter":
        for (const bound of [statement.from, statement.to, statement.by]) if (bound) this.expression(bound, names);
        this.loop(statement, names);
        break;
      case "While":
        this.expression(statement.condition, names);
        this.statements(statement.statements, names.child());
        break;
      case "Repeat":
        this.statements(statement.statements, names.child());
        this.expression(statement.until, names);
        break;
      case "Loop":
        this.statements(statement.statements, names.child());
        break;
      case "Return":
        if (statement.value) this.value(statement.value, names);
        if (statement.table) this.table(statement.table, names);
        break;
      case "Raise":
        if (statement.exception) this.named(statement.exception, names);
        break;
      case "OpenCursor":
        this.named(statement.cursor, names);
        for (const expression of statement.using) this.expression(expression, names);
        break;
      case "FetchCursor":
      case "CloseCursor":
        this.named(statement.cursor, names);
        break;
      case "Await":
      case "Cancel":
        if (statement.resultSet) this.named(statement.resultSet, names);
        break;
      case "ExecuteImmediate":
        for (const expression of [statement.text, ...statement.using]) this.expression(expression, names);
        break;
      case "AsyncStatement":
        this.sql(statement.statement, names);
        break;
      default:
        this.sql(statement, names);
        break;
    }
  }

  private loop({ variable, statements, kind }: ForCounter | ForCursor, names: Names): void {
    const own = names.child();
    own.add(variable.value, kind === "ForCounter" ? "fixed" : "other");
    this.statements(statements, own.child());
  }

  private declaration(declaration: Declaration, names: Names): void {
    switch (declaration.kind) {
      case "VariableDeclaration":
        if (declaration.value && !declaration.type) this.inferred(declaration, declaration.value, names);
        if (declaration.value) this.scalar(declaration.value, names);
        break;
      case "ResultSetDeclaration":
        if (declaration.value) this.statementOf(declaration.value, names);
        names.add(declaration.name.value, "RESULTSET");
        return;
      case "CursorDeclaration":
        names.add(declaration.name.value, "cursor");
        return;
      case "ExceptionDeclaration":
        names.add(declaration.name.value, "exception");
        return;
      case "ProcedureDeclaration": {
        // Its body is compiled when it is called, with the names that were there before it.
        const { name } = declaration.procedure;
        if (name.kind === "ObjectName") names.add(name.parts.at(-1)?.value ?? "");
        return;
      }
    }
    names.add(declaration.name.value, declaration.type?.name === "VARIANT" ? "VARIANT" : "other");
  }

  /** A name that stands by itself, without a colon. */
  private named(identifier: Identifier, names: Names): void {
    if (!names.has(identifier.value)) this.refuse(printName(identifier.value), identifier.span);
  }

  /** What an assignment may change; a fault of its kind stands at the `:=`. */
  private target(target: Identifier, names: Names): void {
    this.named(target, names);
    const kind = names.find(target.value);
    if (kind !== "fixed" && kind !== "cursor" && kind !== "exception") return;
    const at = this.position(this.text.indexOf(":=", target.span.end));
    const name = printName(target.value);
    if (kind === "exception") throw invalidIdentifier(name, at);
    throw compilationError("001044", "42P13", ` Assignment to variable '${name}' is not permitted.`, at);
  }

  private table(table: Expression | Query | Statement, names: Names): void {
    if (table.kind === "ColumnReference" || table.kind === "BindVariable") this.expression(table, names);
    else if (table.kind !== "FunctionCall") this.sql(table, names);
  }

  /** What a RESULTSET takes is SQL. */
  private statementOf(value: ScriptValue, names: Names): void {
    if (value.kind === "StatementValue") this.sql(value.statement, names);
    else if (value.kind === "SubqueryExpression") this.sql(value.query, names);
    else this.value(value, names);
  }

  private value(value: ScriptValue, names: Names): void {
    if (value.kind !== "StatementValue") this.expression(value, names);
    else if (value.statement.kind === "ExecuteImmediate") this.statement(value.statement, names);
    else this.binds(value.statement, names, (bind) => bind.text);
  }

  /** The value of a variable that is no RESULTSET. */
  private scalar(value: ScriptValue, names: Names): void {
    this.value(value, names);
    checkScalarStatement(value);
  }

  /** The type of a variable without one is found before anything runs, so subqueries without FROM are compiled with the block. */
  private inferred(declaration: VariableDeclaration, value: ScriptValue, names: Names): void {
    const { name, span } = declaration;
    this.binds(value, names, (bind) => bind.text);
    const fault = withoutType(declaration, value, this.text, (variable) => names.find(variable) === "VARIANT");
    if (fault) throw fault;
    if (value.kind === "ColumnReference" && value.parts.length === 1 && !names.has(value.parts[0]?.value ?? ""))
      throw notInferred(name, this.text, span);
    visit(value, {
      Query: ({ body, with: tables }) => {
        if (body.kind !== "Select" || tables || body.from.length > 0) return false;
        const aliases = new Set(body.items.map(({ alias }) => alias?.value));
        for (const item of body.items) this.noColumns(item, aliases);
        return false;
      },
    });
  }

  private noColumns(root: Node, aliases: ReadonlySet<string | undefined>): void {
    visit(root, {
      Query: () => false,
      Lambda: () => false,
      ColumnReference: (reference, ancestors) => {
        const [first, ...more] = reference.parts;
        if (!first || (more.length === 0 && aliases.has(first.value)) || isDatePart(reference, ancestors.at(-1)))
          return;
        this.refuse(printName(...reference.parts.map(({ value }) => value)), reference.span);
      },
    });
  }

  /** SQL says the name of a variable as it is stored. */
  private sql(statement: Node, names: Names): void {
    if (statement.kind === "ExecuteImmediate") this.statement(statement, names);
    else this.binds(statement, names, (bind) => printName(bind.value));
    if (statement.kind === "Query" && statement.body.kind === "Select" && statement.body.into)
      this.into(statement.body, statement.body.into, names);
  }

  /** The variables that take a row. */
  private into({ span }: Node, targets: readonly BindVariable[], names: Names): void {
    const again = targets.find(({ name }, i) => targets.findIndex((other) => other.name.value === name.value) < i);
    if (again) {
      const said = ` Repeated variable with name '${printName(again.name.value)}' inside the INTO clause.`;
      throw compilationError("001044", "42P13", said, this.position(span.start));
    }
    for (const { name } of targets) {
      const kind = names.find(name.value);
      const use = kind === "cursor" ? "cursor" : kind === "RESULTSET" ? "resultset" : undefined;
      if (use) {
        const said = ` Invalid use of ${use} '${printName(name.value)}'.`;
        throw compilationError("001044", "42P13", said, this.position(name.span.start));
      }
      if (!kind || kind === "exception") this.refuse(printName(name.value), name.span);
    }
  }

  private binds(root: Node, names: Names, said: (bind: Identifier) => string): void {
    const targets = new Set<Node>(root.kind === "Query" && root.body.kind === "Select" ? root.body.into : []);
    visit(root, {
      // What a routine or a task is made of is compiled when it runs.
      enter: (node) => !HOLDERS.test(node.kind),
      BindVariable: (bind) => {
        if (!targets.has(bind) && !names.has(bind.name.value)) this.refuse(said(bind.name), bind.span);
      },
    });
  }

  /** An expression of the script itself, in which variables need no colon; its subqueries are SQL. */
  private expression(expression: Expression, names: Names): void {
    visit(expression, {
      Query: (query) => {
        this.binds(query, names, (bind) => bind.text);
        return false;
      },
      Lambda: () => false,
      BindVariable: (bind) => {
        if (!names.has(bind.name.value)) this.refuse(bind.name.text, bind.span);
      },
      ColumnReference: (reference, ancestors) => {
        const [first, second, ...more] = reference.parts;
        if (!first || more.length > 0 || names.has(first.value) || isDatePart(reference, ancestors.at(-1))) return;
        this.refuse(printName(first.value, ...(second ? [second.value] : [])), reference.span);
      },
    });
  }

  private refuse(name: string, span: Span): never {
    throw invalidIdentifier(name, this.position(span.start));
  }

  private position(offset: number): Position {
    const { line, column } = locate(this.text, offset);
    return { line, column: column - 1 };
  }
}

const HOLDERS = /^(Block|Create(Procedure|Function|Task|Alert))$/;

/** Functions that take a word for a part of a date. */
const OF_DATES = /^((DATE|TIME|TIMESTAMP)(ADD|DIFF)|DATE_PART|DATE_TRUNC|TRUNC|LAST_DAY)$/;

const isDatePart = (word: Expression, parent: Node | undefined): boolean =>
  parent?.kind === "FunctionCall" && OF_DATES.test(nameOf(parent)) && parent.args.indexOf(word) < 2;

const nameOf = (call: FunctionCall): string => call.name.parts.at(-1)?.value ?? "";
