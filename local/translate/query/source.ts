import type { TableReference } from "../../../dialect/index";
import { bindReference, type FromContext } from "./from";

/** What PIVOT, UNPIVOT and MATCH_RECOGNIZE stand behind, alone in a scope of its own. */
export function bindSource(context: FromContext, { source }: { source: TableReference }) {
  const inner = context.binder.child({ correlated: false });
  const sql = bindReference({ binder: inner, wantsSequence: false, mentions: () => true, items: [] }, source);
  const columns = inner.scope.relations.flatMap((r) => r.columns.filter((c) => !c.hidden));
  return { inner, sql, columns };
}
