import { parseObjectName } from "../../dialect/index";
import type { TagDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized } from "../errors";
import { resolveSchemaObject } from "../names/resolve";
import { isVisible } from "../privileges/index";
import { partsOfDomain } from "../systemViews/arguments";
import { tagReferences } from "../systemViews/informationSchema/references";
import { taggedObject } from "../systemViews/informationSchema/taggedObject";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

function constant(call: Call, index: number): string {
  const text = constantText(call.arg(index));
  if (text === undefined) throw call.error("001015", "22023", "SYSTEM$GET_TAG expects constants as arguments");
  return text;
}

function tagNamed(call: Call): TagDoc {
  const text = constant(call, 0);
  const name = partsOfDomain("TAG", text) ? parseObjectName(text) : undefined;
  if (name?.kind !== "ObjectName") throw doesNotExistOrNotAuthorized("Tag", text);
  return resolveSchemaObject(call.binder.context, "TAG", name, call.name);
}

const valueOfTag = (call: Call, value: string | undefined) =>
  call.result(value === undefined ? "NULL::VARCHAR" : `${quote(value)}::VARCHAR`, varchar(), true);

/** In the body of a policy: the tag of the table that it protects, or of the column that it masks. */
const ofProtected = (place: "table" | "column") =>
  scalar(
    1,
    1,
    (call) => {
      const { context } = call.binder;
      const { policed } = context;
      const relation = policed && context.catalogue.byId(policed.relationId);
      // A policy is compiled before it protects anything.
      if (!relation) return valueOfTag(call, undefined);
      const tag = tagNamed(call);
      const references = tagReferences(context, relation, place === "column" ? policed?.column : undefined);
      return valueOfTag(call, references.find((reference) => reference.tag.id === tag.id)?.value);
    },
    { volatile: true },
  );

/** The value of a tag on an object or column, inherited ones included; NULL when none is set. Source: …/functions/system_get_tag */
export const tagFunctions: FunctionTable = {
  SYSTEM$GET_TAG: scalar(
    3,
    3,
    (call) => {
      const { context } = call.binder;
      const tag = tagNamed(call);
      const domain = constant(call, 2).toUpperCase();
      if (/^(VIEW|(MATERIALIZED|SEMANTIC) VIEW|(DYNAMIC|EXTERNAL|EVENT|ICEBERG|HYBRID) TABLE)$/.test(domain)) {
        throw call.error(
          "001015",
          "22023",
          `Invalid value ${domain} for argument OBJECT_TYPE. Please use object type TABLE for all kinds of table-like objects.`,
        );
      }
      const { object, column, printed } = taggedObject(context, domain, constant(call, 1));
      if (!object || !isVisible(context, object)) {
        throw doesNotExistOrNotAuthorized(domain.charAt(0) + domain.slice(1).toLowerCase(), printed);
      }
      const value = tagReferences(context, object, column).find((reference) => reference.tag.id === tag.id)?.value;
      return valueOfTag(call, value);
    },
    { volatile: true },
  ),
  /** Source: …/functions/system_get_tag_on_current_column, …/functions/system_get_tag_on_current_table */
  SYSTEM$GET_TAG_ON_CURRENT_COLUMN: ofProtected("column"),
  SYSTEM$GET_TAG_ON_CURRENT_TABLE: ofProtected("table"),
};
