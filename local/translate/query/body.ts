import type { QueryBody } from "../../../dialect/index";
import type { Binder, BoundQuery } from "../binder";
import { bindSelect } from "./select";
import { bindSetOperation } from "./setOperations";
import { bindValues } from "./values";

/** The part of a query between WITH and ORDER BY, in a scope of its own. */
export function bindBody(binder: Binder, body: QueryBody): BoundQuery {
  switch (body.kind) {
    case "Select":
      return bindSelect(binder.child({ correlated: false }), body);
    case "SetOperation":
      return bindSetOperation(binder, body, bindBody);
    case "Values":
      return bindValues(binder, body);
    case "ParenthesizedQuery":
      return binder.child({ correlated: false }).query(body.query);
  }
}
