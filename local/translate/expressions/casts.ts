import type { Cast } from "../../../dialect/index";
import { tryCastArguments, unsupportedFeature } from "../../errors";
import { sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { cast, namingConversion } from "../conversion/cast";
import { resolveType } from "../dataTypes";
import { planText } from "../planText";

/** `CAST(e AS t)`, `TRY_CAST(e AS t)`, `e::t`. */
export function castExpression(binder: Binder, node: Cast): Bound {
  if (node.modifiers?.length) throw unsupportedFeature(node.modifiers.join(" "));
  const target = resolveType(node.type, binder.settings.timestampTypeMapping);
  const value = binder.expression(node.expression);
  if (node.syntax === "TRY_CAST") {
    // TRY_CAST takes text only.
    if (value.type.kind !== "VARCHAR" && value.type.kind !== "NULL") {
      throw tryCastArguments(sqlName(value.type), sqlName(target));
    }
    return cast(value, target, binder.settings, "try");
  }
  return namingConversion(`CAST(${planText(binder, node.expression)} AS ${sqlName(target)})`, () =>
    cast(value, target, binder.settings),
  );
}
