import type { SequenceNextValue } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { Binder } from "../binder";
import type { Bound } from "../bound";

/** `seq.NEXTVAL` */
export function nextValue(binder: Binder, node: SequenceNextValue): Bound {
  throw unsupportedFeature(`${binder.source(node.span)} (NEXTVAL)`);
}
