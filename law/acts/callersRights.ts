import type { CreateProcedure, Name, Statement } from "../../dialect/index";
import { mayMoveNamespace } from "./branches";
import type { AnyNode } from "./children";

/**
 * The procedures of a text, above all those that run with their caller's rights: their bodies stand where the caller stands, and what they
 * change of the session stays changed behind the CALL. One that the text only calls is not known here.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-rights
 */
export class CallersRights {
  /** Procedures that ALTER makes so. */
  private readonly altered: Name[] = [];
  /** Procedures whose body may move to another database or schema. */
  private readonly moving: Name[] = [];
  /** Procedures whose body is read: whatever they do with what they are given is known. */
  private readonly read: Name[] = [];

  constructor(statements: readonly Statement[]) {
    for (const statement of statements) {
      if (statement.kind !== "Alter" || statement.objectType !== "PROCEDURE" || !statement.name) continue;
      if (statement.actions.some((action) => action.kind === "Action" && /\bCALLER$/.test(action.action)))
        this.altered.push(statement.name);
    }
  }

  ofCaller({ executeAs, name }: CreateProcedure): boolean {
    return (executeAs !== undefined && executeAs !== "OWNER") || this.altered.some((other) => mayBe(name, other));
  }

  /** `nested`: in DECLARE, where it runs in the session of the block around it. */
  define(procedure: CreateProcedure, nested = false): void {
    if (procedure.language === "SQL") this.read.push(procedure.name);
    if ((nested || this.ofCaller(procedure)) && mayMoveNamespace(procedure)) this.moving.push(procedure.name);
  }

  reads(name: Name): boolean {
    return this.read.some((other) => mayBe(name, other));
  }

  /** Whether a call leaves the session in another database or schema. */
  moves(node: AnyNode): boolean {
    if (node.kind === "CallWithProcedure") return mayMoveNamespace(node.procedure);
    return node.kind === "Call" && this.moving.some((name) => mayBe(node.procedure, name));
  }
}

/** Whether two names can mean one thing: they do not differ in any part that both have. */
function mayBe(one: Name, other: Name): boolean {
  const [a, b] = [partsFromEnd(one), partsFromEnd(other)];
  return a.every((part, index) => b[index] === undefined || b[index] === part);
}

const partsFromEnd = (name: Name): string[] =>
  name.kind === "ObjectName" ? name.parts.map(({ value }) => value).reverse() : [];
