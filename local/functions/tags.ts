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
      return call.result(value === undefined ? "NULL::VARCHAR" : `${quote(value)}::VARCHAR`, varchar(), true);
    },
    { volatile: true },
  ),
};
