import type {
  AsyncStatement,
  Await,
  Block,
  Break,
  Cancel,
  CaseStatement,
  CloseCursor,
  Continue,
  CursorDeclaration,
  ExceptionDeclaration,
  ExceptionHandler,
  FetchCursor,
  ForCounter,
  ForCursor,
  If,
  Loop,
  NullStatement,
  OpenCursor,
  ProcedureDeclaration,
  Raise,
  Repeat,
  ResultSetDeclaration,
  Return,
  ScriptStatement,
  StatementValue,
  VariableAssignment,
  VariableDeclaration,
  While,
} from "../ast/index";
import { commas, type Document, inParentheses, parenthesizedList, sql, when, words } from "./document";
import { procedureTail } from "./routines";

export const scriptingPrinters = {
  Block: printBlock,
  VariableDeclaration: (node: VariableDeclaration): Document =>
    words(when(node.let, "LET"), node.name, node.type, when(node.value, sql`:= ${node.value}`)),
  CursorDeclaration: (node: CursorDeclaration): Document =>
    words(when(node.let, "LET"), node.name, "CURSOR FOR", node.for),
  ResultSetDeclaration: (node: ResultSetDeclaration): Document =>
    words(when(node.let, "LET"), node.name, "RESULTSET", when(node.value, sql`:= ${node.value}`)),
  ExceptionDeclaration: (node: ExceptionDeclaration): Document =>
    words(
      node.name,
      "EXCEPTION",
      when(
        node.number !== undefined,
        parenthesizedList([String(node.number), node.message].filter((part) => part !== undefined)),
      ),
    ),
  ProcedureDeclaration: (node: ProcedureDeclaration): Document =>
    words(node.procedure.name, "PROCEDURE", procedureTail(node.procedure, true)),
  StatementValue: (node: StatementValue): Document =>
    words(when(node.async, "ASYNC"), node.parenthesized ? sql`(${node.statement})` : node.statement),
  VariableAssignment: (node: VariableAssignment): Document => sql`${node.target} := ${node.value}`,
  If: (node: If): Document =>
    words(
      ...node.branches.map((branch, i) =>
        words(i === 0 ? "IF" : "ELSEIF", sql`${inParentheses(branch.condition)} THEN`, sequence(branch.statements)),
      ),
      when(node.otherwise, words("ELSE", sequence(node.otherwise ?? []))),
      "END IF",
    ),
  CaseStatement: (node: CaseStatement): Document =>
    words(
      "CASE",
      node.operand && inParentheses(node.operand),
      ...node.branches.map((branch) => words(sql`WHEN ${branch.condition} THEN`, sequence(branch.statements))),
      when(node.otherwise, words("ELSE", sequence(node.otherwise ?? []))),
      "END CASE",
    ),
  ForCursor: (node: ForCursor): Document =>
    words("FOR", node.variable, "IN", node.in, "DO", sequence(node.statements), "END FOR", node.label),
  ForCounter: (node: ForCounter): Document =>
    words(
      "FOR",
      node.variable,
      "IN",
      when(node.reverse, "REVERSE"),
      node.from,
      "TO",
      node.to,
      when(node.by, sql`BY ${node.by}`),
      "DO",
      sequence(node.statements),
      "END FOR",
      node.label,
    ),
  While: (node: While): Document =>
    words(sql`WHILE ${inParentheses(node.condition)} DO`, sequence(node.statements), "END WHILE", node.label),
  Repeat: (node: Repeat): Document =>
    words("REPEAT", sequence(node.statements), sql`UNTIL ${inParentheses(node.until)}`, "END REPEAT", node.label),
  Loop: (node: Loop): Document => words("LOOP", sequence(node.statements), "END LOOP", node.label),
  Break: (node: Break): Document => words("BREAK", node.label),
  Continue: (node: Continue): Document => words("CONTINUE", node.label),
  Return: (node: Return): Document => (node.table ? sql`RETURN TABLE(${node.table})` : words("RETURN", node.value)),
  Raise: (node: Raise): Document => words("RAISE", node.exception),
  OpenCursor: (node: OpenCursor): Document =>
    words("OPEN", node.cursor, when(node.using.length, sql`USING ${parenthesizedList(node.using)}`)),
  FetchCursor: (node: FetchCursor): Document => sql`FETCH ${node.cursor} INTO ${commas(node.into)}`,
  CloseCursor: (node: CloseCursor): Document => sql`CLOSE ${node.cursor}`,
  NullStatement: (_: NullStatement): Document => "NULL",
  AsyncStatement: (node: AsyncStatement): Document => sql`ASYNC (${node.statement})`,
  Await: (node: Await): Document => words("AWAIT", node.resultSet ?? "ALL"),
  Cancel: (node: Cancel): Document => sql`CANCEL ${node.resultSet}`,
  ExceptionHandler: (node: ExceptionHandler): Document => {
    const names = [...node.exceptions, ...(node.other ? ["OTHER"] : [])];
    return words(
      "WHEN",
      names.flatMap((name, i): Document[] => (i === 0 ? [name] : [" OR ", name])),
      node.mode,
      "THEN",
      sequence(node.statements),
    );
  },
};

function printBlock(node: Block): Document {
  return words(
    when(node.declarations.length, words("DECLARE", sequence(node.declarations))),
    "BEGIN",
    sequence(node.statements),
    when(node.handlers.length, words("EXCEPTION", ...node.handlers)),
    "END",
    node.label,
  );
}

function sequence(statements: readonly (ScriptStatement | Block["declarations"][number])[]): Document {
  return words(...statements.map((statement) => sql`${statement};`));
}
