import { type Describe, DialectError, parseStatement } from "../../dialect/index";
import { isView, type ObjectDoc } from "../catalogue/model";
import { ddlText } from "../ddlText/index";
import { doesNotExistOrNotAuthorized, unsupportedFeature } from "../errors";
import { resolveRelation } from "../names/resolve";
import { denied, isVisible, owns } from "../privileges/index";
import { kindOfType, resolveTarget } from "../statements/ddl/support/target";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

const RELATIONS = new Set(["TABLE", "VIEW", "MATERIALIZED VIEW", "DYNAMIC TABLE"]);

function constant(call: Call, index: number): string {
  const text = constantText(call.arg(index));
  if (text === undefined) throw call.error("001015", "22023", "GET_DDL expects constants as arguments");
  return text;
}

/** Names have argument types behind them where DESCRIBE has them. */
function parseName(type: string, text: string): Describe {
  try {
    return parseStatement(`DESCRIBE ${type} ${text}`) as Describe;
  } catch (error) {
    if (error instanceof DialectError) throw doesNotExistOrNotAuthorized("Object", text);
    throw error;
  }
}

/** The object behind `'PROCEDURE', 'P(NUMBER, VARCHAR)'`. TABLE and VIEW name each other's objects as well. */
function objectNamed(call: Call): ObjectDoc {
  const { context } = call.binder;
  const type = constant(call, 0).trim().toUpperCase().replaceAll("_", " ");
  if (!RELATIONS.has(type)) kindOfType(type, "GET_DDL of");
  const { name, argumentTypes } = parseName(RELATIONS.has(type) ? "TABLE" : type, constant(call, 1));
  if (!name) throw unsupportedFeature(`GET_DDL of ${type}`);
  const title = type === "DYNAMIC TABLE" ? "Dynamic table" : type === "VIEW" ? "View" : "Table";
  if (RELATIONS.has(type)) return resolveRelation(context, name, "GET_DDL", title);
  return resolveTarget(context, type, name, argumentTypes, "GET_DDL");
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
export const ddlFunctions: FunctionTable = {
  GET_DDL: scalar(
    2,
    3,
    (call) => {
      const { context } = call.binder;
      const doc = objectNamed(call);
      if (isView(doc) && doc.secure && !owns(context, doc)) throw denied(context, doc);
      const qualified = call.has(2) && call.arg(2).sql.toUpperCase().includes("TRUE");
      const text = ddlText({ catalogue: context.catalogue, qualified }, doc, (inner) => isVisible(context, inner));
      if (text === undefined) throw unsupportedFeature(`GET_DDL of ${doc.kind.replaceAll("_", " ")}`);
      return call.result(quote(text), varchar(), false);
    },
    { volatile: true },
  ),
};
