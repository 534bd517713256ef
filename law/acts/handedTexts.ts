import {
  type Argument,
  type Call,
  constantText,
  type Expression,
  parseStatements,
  type Statement,
} from "../../dialect/index";
import { type AnyNode, allNodes } from "./children";
import { DYNAMIC, nameParts, type ResolvedName, resolveObject } from "./names";
import { constantIn, type Scope } from "./scope";
import { callsProcedure } from "./session";
import { variableOf } from "./valueParts";

/** Statements that a CALL hands over as texts, and the procedure that gets them. */
export interface Handed {
  to: ResolvedName;
  texts: Statement[][];
}

/**
 * The arguments of a call that are SQL to their end, when nobody knows what the procedure does with them: one of another
 * database that is not defined in the same text. Snowflake's own run no text; those of the governed database are judged
 * where they are made.
 */
export function handedStatements(call: Call, scope: Scope): Handed | undefined {
  if (call.method || !callsProcedure(call)) return undefined;
  const parts = nameParts(call.procedure, constantIn(scope));
  if (parts !== DYNAMIC && scope.rights.reads(call.procedure)) return undefined;
  const to = parts === DYNAMIC ? NOT_KNOWN : resolveObject(parts, scope.namespace);
  if (to.database === undefined) return undefined;
  const texts = call.args.flatMap((argument) => textsIn(argument, scope)).flatMap(readText);
  return texts.length === 0 ? undefined : { to, texts };
}

/** A procedure of a name that only run time knows: its database is none that can be told. */
const NOT_KNOWN: ResolvedName = { database: "", name: "of a name that is only known at run time" };

/** What an argument says, or, where only parts of it are known, what they say: the elements of an array, the values of an object. */
function textsIn(argument: Argument, scope: Scope): string[] {
  const value = argument.kind === "NamedArgument" ? argument.value : argument;
  const whole = constantText(value, constantIn(scope));
  if (whole !== undefined) return [whole];
  return allNodes(value as AnyNode).flatMap((node) => {
    if (node.kind === "StringLiteral") return [node.value];
    // A variable that the procedure may give another value holds until then what it was given.
    const name = variableOf(node);
    const given = name === undefined ? [] : scope.constants.assigned(name);
    return given.flatMap((one) => constantText(one as Expression, constantIn(scope)) ?? []);
  });
}

/** Before a statement there may be comments; most texts are told apart by their first word. */
const BEGINS =
  /^(?:\s|;|(?:--|\/\/)[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:CREATE|ALTER|DROP|UNDROP|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|GRANT|EXECUTE|BEGIN|DECLARE|USE|CALL|WITH|SELECT|SHOW|SET)\b/i;

function readText(text: string): Statement[][] {
  if (!BEGINS.test(text)) return [];
  const { statements, errors } = parseStatements(text);
  return errors.length > 0 ? [] : [statements];
}
