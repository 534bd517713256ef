import type { ConnectBy } from "../../ast/index";
import type { Cursor } from "../cursor";

/** `[START WITH …] CONNECT BY …`, in either order. https://docs.snowflake.com/en/sql-reference/constructs/connect-by */
export function parseConnectBy(cursor: Cursor): ConnectBy | undefined {
  const { start } = cursor;
  if (!cursor.is("START") && !cursor.is("CONNECT")) return undefined;
  const outer = cursor.inConnectBy;
  cursor.inConnectBy = true;
  let startWith = cursor.acceptSequence("START", "WITH") ? cursor.expression() : undefined;
  cursor.expectSequence("CONNECT", "BY");
  const noCycle = cursor.accept("NOCYCLE");
  const condition = cursor.expression();
  if (startWith === undefined && cursor.acceptSequence("START", "WITH")) startWith = cursor.expression();
  cursor.inConnectBy = outer;
  return { kind: "ConnectBy", noCycle, condition, ...(startWith && { startWith }), span: cursor.span(start) };
}
