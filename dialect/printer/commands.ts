import type {
  Call,
  ExecuteAlert,
  ExecuteImmediate,
  ExecuteImmediateFrom,
  ExecuteJobService,
  ExecuteTask,
  Explain,
  Flow,
  Get,
  List,
  Put,
  Remove,
  Unmodelled,
} from "../ast/index";
import { governance } from "./create";
import { type Document, parenthesizedList, quote, sql, when, words } from "./document";

export const commandPrinters = {
  Call: (node: Call): Document =>
    words(
      ["CALL ", node.procedure, when(node.method, sql`!${node.method}`), parenthesizedList(node.args)],
      when(node.into, sql`INTO :${node.into}`),
    ),
  ExecuteImmediate: (node: ExecuteImmediate): Document =>
    words("EXECUTE IMMEDIATE", node.text, when(node.using.length, sql`USING ${parenthesizedList(node.using)}`)),
  ExecuteImmediateFrom: (node: ExecuteImmediateFrom): Document =>
    words(
      "EXECUTE IMMEDIATE FROM",
      node.location,
      when(node.using.length, sql`USING ${parenthesizedList(node.using)}`),
      ...node.properties,
    ),
  ExecuteTask: (node: ExecuteTask): Document =>
    words(
      "EXECUTE TASK",
      node.name,
      when(node.retryLast, "RETRY LAST"),
      ...node.properties.flatMap((property) => (property.name === "CONFIG" ? ["USING", property] : [property])),
    ),
  ExecuteAlert: (node: ExecuteAlert): Document => sql`EXECUTE ALERT ${node.name}`,
  ExecuteJobService: (node: ExecuteJobService): Document =>
    words("EXECUTE JOB SERVICE", ...node.properties, governance(node)),
  Explain: (node: Explain): Document =>
    words("EXPLAIN", when(node.changes, "CHANGES"), when(node.format, `USING ${node.format}`), node.statement),
  Put: (node: Put): Document => words("PUT", quote(node.file), node.location, ...node.properties),
  Get: (node: Get): Document => words("GET", node.location, quote(node.file), ...node.properties),
  List: (node: List): Document => words("LIST", node.location, ...node.properties),
  Remove: (node: Remove): Document => words("REMOVE", node.location, ...node.properties),
  Flow: (node: Flow): Document =>
    node.statements.flatMap((statement, i): Document[] => (i === 0 ? [statement] : [" ->> ", statement])),
  Unmodelled: (node: Unmodelled): Document => node.text,
};
