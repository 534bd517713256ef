import type { Cast } from "../../../dialect/index";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../errors";
import { sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import type { Bound } from "../bound";
import { cast } from "../conversion/cast";
import { resolveType } from "../dataTypes";

/** `CAST(e AS t)`, `TRY_CAST(e AS t)`, `e::t`. */
export function castExpression(binder: Binder, node: Cast): Bound {
  if (node.modifiers?.length) throw unsupportedFeature(node.modifiers.join(" "));
  const target = resolveType(node.type, binder.settings.timestampTypeMapping);
  const value = binder.expression(node.expression);
  if (node.syntax === "TRY_CAST") {
    // TRY_CAST takes text only.
    if (value.type.kind !== "VARCHAR" && value.type.kind !== "NULL") {
      throw compilationError(
        "001065",
        "22023",
        `Function TRY_CAST cannot be used with arguments of types ${sqlName(value.type)} and ${sqlName(target)}`,
      );
    }
    return cast(value, target, binder.settings, "try");
  }
  try {
    return cast(value, target, binder.settings);
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code !== "001007") throw error;
    const source = binder.source(node.expression.span);
    const text = /['"$]/.test(source) ? source : source.toUpperCase();
    throw compilationError(
      "001007",
      "22023",
      `invalid type [CAST(${text} AS ${sqlName(target)})] for parameter 'TO_${target.kind}'`,
    );
  }
}
