import type { SearchOptimization } from "../../../../dialect/index";
import type { DynamicTableDoc, ObjectDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { requirePrivilege } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { sourceText } from "../support/text";

/** Ownership of the table and ADD SEARCH OPTIMIZATION on its schema are needed; targets are kept as written, one by one. */
export function searchOptimization<T extends TableDoc | DynamicTableDoc>(
  context: ExecutionContext,
  unit: WriteUnit,
  table: T,
  action: SearchOptimization,
): T {
  const schema = context.catalogue.byId(table.parentId) as ObjectDoc;
  if (action.verb !== "DROP") requirePrivilege(context, "ADD SEARCH OPTIMIZATION", schema);
  const targets = action.targets.flatMap(({ method, columns, all }) =>
    all ? [`${method}(*)`] : columns.map((column) => `${method}(${sourceText(context, column)})`),
  );
  const current = table.searchOptimization;
  const put = (searchOptimization: string[] | undefined): T =>
    unit.catalogue.update<ObjectDoc>(table, { searchOptimization } as Partial<ObjectDoc>) as T;
  switch (action.verb) {
    case "ADD":
      return put([...new Set([...(current ?? []), ...targets])]);
    case "DROP": {
      if (!current)
        throw compilationError("001420", "22023", `Search optimization is not enabled on table '${table.name}'.`);
      if (targets.length === 0) return put(undefined);
      const wanted = new Set(targets.map((t) => t.toUpperCase()));
      const rest = current.filter((t) => !wanted.has(t.toUpperCase()));
      return put(rest.length > 0 ? rest : undefined);
    }
    default:
      throw unsupportedFeature(`SEARCH OPTIMIZATION ${action.verb}`);
  }
}
