import type { Statement } from "../../dialect/index";
import type { RuleCode } from "../finding";
import type { AnyNode } from "./children";
import type { Namespace, ResolvedName } from "./names";

/** A text that is judged, and where it comes from. */
export interface Source {
  text: string;
  file?: string;
  resource?: string;
  property?: string;
  /** The text as its author wrote it, when `text` was made of it: places are told there. */
  original?: OriginalText;
  /** What unqualified names mean at its start. */
  namespace?: Namespace;
  /** Set when the text is the body of a procedure without its CREATE, as in a typed resource. */
  routine?: EnclosingRoutine;
  /** The text is a secret as a whole: reports show nothing of it. */
  secret?: boolean;
  /** The rules that can judge it as it is known so far; all of them unless said otherwise. */
  only?: readonly RuleCode[];
  /** Set when there is no text to judge and that is the breach (TT06): a script, code of another language. */
  unread?: { message: string; fix: string };
}

export interface OriginalText {
  text: string;
  /** Where a place of the judged text stands in the original; undefined for what was added around it. */
  offsetOf(offset: number): number | undefined;
}

/** The procedure whose body an act stands in. */
export interface EnclosingRoutine {
  database?: string;
  schema?: string;
  name: string;
  /** EXECUTE AS OWNER, the default. */
  ownersRights: boolean;
  /** Its arguments, as Snowflake stores the names: what they hold is only known at run time. */
  parameters: readonly string[];
}

/**
 * One thing that a text does when it is run, wherever it hides: in a block, a handler, a cursor, a nested procedure,
 * the body of a task, the text of an EXECUTE IMMEDIATE.
 */
export interface Act {
  statement: Statement;
  /** What an unqualified name means at this place. */
  namespace: Namespace;
  source: Source;
  /** Set when the act stands in a text that was put together at run time: the place of the EXECUTE IMMEDIATE. */
  spanInSource?: { start: number; end: number };
  /** What encloses it, outermost first: `procedure CLAUDE_BI.MCP.P`, `task T`. */
  within: string[];
  routine?: EnclosingRoutine;
  /** Values of variables and text that are known where the act stands, for IDENTIFIER(:x) and EXECUTE IMMEDIATE. */
  constantOf(name: string): string | undefined;
  /** What is given to a variable where the act stands: expressions, and queries that are put into it. */
  assignedTo(name: string): readonly AnyNode[];
  /** Set when the act is a text in a body of another language, of which the rest is not read. */
  foreign?: boolean;
  /** Set when the act is a text that a CALL hands to a procedure whose body is not read here: that procedure may run it. */
  handedTo?: ResolvedName;
  /** True for an EXECUTE IMMEDIATE whose text was read and is judged as acts of its own. */
  folded: boolean;
}
