import type { ObjectName, SequenceNextValue } from "../../../dialect/index";
import { resolveSchemaObject } from "../../names/resolve";
import { requirePrivilege } from "../../privileges/index";
import { sequenceName } from "../../store/sequences";
import { number } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import type { Scope } from "../scope";
import { resolveColumn } from "./columns";

/** `seq.NEXTVAL`: each occurrence gives values of its own. Source: https://docs.snowflake.com/en/user-guide/querying-sequences */
export function nextValue(binder: Binder, node: SequenceNextValue): Bound {
  const parts = node.sequence.parts.map((part) => part.value);
  // `s.NEXTVAL` of `TABLE(GETNEXTVAL(seq)) s` is a column.
  for (let scope: Scope | undefined = binder.scope; scope; scope = scope.parent) {
    if (scope.lookUp("NEXTVAL", parts)) return resolveColumn(binder, [...parts, "NEXTVAL"]);
  }
  return nextOf(binder, node.sequence);
}

/** The next value of a sequence by name; USAGE on it is needed. */
export function nextOf(binder: Binder, name: ObjectName): Bound {
  const sequence = resolveSchemaObject(binder.context, "SEQUENCE", name, "NEXTVAL");
  requirePrivilege(binder.context, "USAGE", sequence);
  return sequenceValue(binder, sequence.id);
}

export function sequenceValue(binder: Binder, id: number): Bound {
  binder.shared.deterministic = false;
  binder.shared.capture?.refuse("a sequence");
  return bound(`nextval('${sequenceName(id)}')::DECIMAL(38,0)`, number(38, 0), false);
}
