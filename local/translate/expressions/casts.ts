import type { Cast, Expression } from "../../../dialect/index";
import { compilationError, tryCastArguments, unsupportedFeature } from "../../errors";
import { type DataType, isSemiStructured, isStructured, sqlName } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { cast, namingConversion } from "../conversion/cast";
import { castFields, type FieldChange } from "../conversion/structured";
import { arrayOfOne } from "../conversion/variant";
import { resolveType } from "../dataTypes";
import { planText } from "../planText";

/** TRY_CAST takes texts for what is no VARIANT, and semi-structured values for VARIANT or their own kind. */
function isTried(from: DataType, to: DataType): boolean {
  if (isSemiStructured(from)) return to.kind === "VARIANT" || to.kind === from.kind;
  return from.kind === "NULL" || (from.kind === "VARCHAR" && !isSemiStructured(to));
}

const isScalar = ({ kind }: DataType): boolean => !["NULL", "VARIANT", "OBJECT", "ARRAY", "VECTOR"].includes(kind);

const noObject = (binder: Binder, node: Expression) =>
  compilationError("001007", "22023", `invalid type [TRY_CAST(${planText(binder, node)})] for parameter 'TO_OBJECT'`);

/** `CAST(e AS t)`, `TRY_CAST(e AS t)`, `e::t`. */
export function castExpression(binder: Binder, node: Cast): Bound {
  const target = resolveType(node.type, binder.settings.timestampTypeMapping);
  const value = binder.expression(node.expression);
  const [change, ...more] = node.modifiers ?? [];
  if (change !== undefined) {
    if (more.length > 0 || node.syntax === "TRY_CAST") throw unsupportedFeature([change, ...more].join(" "));
    return castFields(value, target, binder.settings, change as FieldChange);
  }
  if (node.syntax === "TRY_CAST") {
    if (target.kind === "OBJECT" && !target.fields && isScalar(value.type)) throw noObject(binder, node.expression);
    if (!isTried(value.type, target)) throw tryCastArguments(sqlName(value.type), sqlName(target));
    if (!isSemiStructured(value.type)) return cast(value, target, binder.settings, "try");
    if (isStructured(target)) throw unsupportedFeature(`TRY_CAST AS ${sqlName(target)}`);
    return cast(value, target, binder.settings);
  }
  if (target.kind === "ARRAY" && !target.element && isScalar(value.type))
    return bound(arrayOfOne(value, binder.settings), target, value.nullable);
  return namingConversion(`CAST(${planText(binder, node.expression)} AS ${sqlName(target)})`, () =>
    cast(value, target, binder.settings),
  );
}
