import type { Statement } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import { parseAll } from "../../execution/parse";
import { queryTypeOf } from "../../execution/queryType";

/** What changes the session, which lasts for one request only. */
const CHANGES_SESSION: ReadonlySet<Statement["kind"]> = new Set([
  "AlterSession",
  "BeginTransaction",
  "Commit",
  "Rollback",
  "SetVariable",
  "UnsetVariable",
  "Use",
  "UseSecondaryRoles",
]);

const isTemporary = (statement: Statement): boolean =>
  ("persistence" in statement && statement.persistence === "TEMPORARY") ||
  ("temporary" in statement && statement.temporary === true);

/**
 * Refuses what the SQL API does not run: files from and to the client, values bound into several statements, and in a request of
 * one statement whatever would only matter to the next. A text that does not parse is left to who runs it.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/intro#limitations-of-the-sql-api
 */
export function refuseBeyondLimits(text: string, hasBindings: boolean): void {
  let statements: Statement[];
  try {
    statements = parseAll(text);
  } catch {
    return;
  }
  const transfer = statements.find(({ kind }) => kind === "Put" || kind === "Get");
  if (transfer) throw unsupportedFeature(`${transfer.kind.toUpperCase()} in the SQL API`);
  const [only, second] = statements;
  if (second && hasBindings) throw unsupportedFeature("variable binding in multi-statement SQL requests");
  if (!only || second) return;
  const alone = (what: string) => unsupportedFeature(`${what} in a request of one statement of the SQL API`);
  if (CHANGES_SESSION.has(only.kind)) throw alone(queryTypeOf(only));
  if (isTemporary(only)) throw alone("temporary object");
}
