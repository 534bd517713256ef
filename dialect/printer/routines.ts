import type {
  CallWithProcedure,
  CreateFunction,
  CreateProcedure,
  Parameter,
  Property,
  ReturnedTable,
  RoutineBody,
} from "../ast/index";
import { createHead, governance } from "./create";
import { commas, type Document, parenthesizedList, quote, sql, when, words } from "./document";

export const routinePrinters = {
  Parameter: (node: Parameter): Document =>
    words(node.name, node.mode, node.type, when(node.default, sql`DEFAULT ${node.default}`)),
  ReturnedTable: (node: ReturnedTable): Document =>
    sql`TABLE ${parenthesizedList(node.columns.map(({ name, type }) => sql`${name} ${type}`))}`,
  RoutineBody: printBody,
  CreateProcedure: (node: CreateProcedure): Document =>
    words(
      createHead(node, when(node.temporary, "TEMPORARY"), when(node.secure, "SECURE"), "PROCEDURE"),
      procedureTail(node, false),
    ),
  CreateFunction: printFunction,
  CallWithProcedure: (node: CallWithProcedure): Document =>
    words(
      commas([
        words("WITH", node.procedure.name, "AS PROCEDURE", procedureTail(node.procedure, true)),
        ...(node.tables ?? []),
      ]),
      node.call,
    ),
};

/** COPY GRANTS stands before RETURNS. */
function isCopyGrants(property: Property): boolean {
  return property.name === "COPY GRANTS";
}

/** What a function does with NULL stands before its volatility. */
function isNullHandling({ name, value }: Property): boolean {
  return value === undefined && (name === "STRICT" || name.endsWith("NULL INPUT"));
}

/** From the parameters on; shared with nested and anonymous procedures. */
export function procedureTail(node: CreateProcedure, anonymous: boolean): Document {
  return words(
    parenthesizedList(node.parameters),
    ...node.properties.filter(isCopyGrants),
    "RETURNS",
    node.returns,
    when(node.returnsNotNull, "NOT NULL"),
    when(node.language !== "SQL" || !anonymous, `LANGUAGE ${node.language}`),
    ...node.properties.filter((property) => !isCopyGrants(property)),
    when(node.executeAs, `EXECUTE AS ${node.executeAs}`),
    when(node.body, sql`AS ${node.body}`),
  );
}

function printFunction(node: CreateFunction): Document {
  const kind = [
    when(node.secure, "SECURE"),
    when(node.temporary, "TEMPORARY"),
    when(node.external, "EXTERNAL"),
    when(node.dataMetric, "DATA METRIC"),
    when(node.ai, "AI"),
    when(node.aggregate, "AGGREGATE"),
    "FUNCTION",
  ];
  return words(
    createHead(node, ...kind),
    parenthesizedList(node.parameters),
    ...node.properties.filter(isCopyGrants),
    "RETURNS",
    node.returns,
    when(node.returnsNotNull, "NOT NULL"),
    when(!node.external && node.language !== "SQL", `LANGUAGE ${node.language}`),
    ...node.properties.filter(isNullHandling),
    node.volatility,
    ...node.properties.filter((property) => !isCopyGrants(property) && !isNullHandling(property)),
    governance(node),
    when(node.body, sql`AS ${node.body}`),
  );
}

/** The text of the body, which is what Snowflake keeps; the trees beside it are what it says. */
function printBody(node: RoutineBody): Document {
  if (node.quoting === "none") return node.text;
  return node.quoting === "dollar" && !node.text.includes("$$") ? `$$${node.text}$$` : quote(node.text);
}
