import { parseQuery, type Query, refreshability } from "../../dialect/index";
import type { RelationDoc } from "../catalogue/model";
import { compilationError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { fullName } from "../names/resolve";
import { translateQuery } from "../translate/index";
import { viewQuery } from "../translate/query/viewQuery";

export interface RefreshPlan {
  effective: "FULL" | "INCREMENTAL";
  /** What SHOW DYNAMIC TABLES prints as refresh_mode_reason. */
  reason?: string;
}

interface Obstacle {
  text: string;
  supportedInFull: boolean;
  isUpstream?: boolean;
}

/**
 * Resolves REFRESH_MODE once, at creation. Error 002711 when the query is possible in no mode, or when INCREMENTAL is asked for and the
 * query prevents it; the message goes on to name what does. Source: https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries
 */
export function planDynamicTable(
  context: ExecutionContext,
  name: string,
  query: Query,
  wanted: "AUTO" | "FULL" | "INCREMENTAL",
): RefreshPlan {
  const obstacles = obstaclesOf(context, query);
  const forbidden = obstacles.filter(({ supportedInFull }) => !supportedInFull);
  if (forbidden.length > 0)
    throw refused("The query is not supported by dynamic tables in any refresh mode.", forbidden);
  if (wanted === "FULL") return { effective: "FULL", reason: "USER_SPECIFIED_FULL_REFRESH" };
  if (obstacles.length === 0) return { effective: "INCREMENTAL" };
  if (wanted === "AUTO") {
    const [first] = obstacles as [Obstacle];
    const code = first.isUpstream ? "UPSTREAM_USES_FULL_REFRESH" : "QUERY_NOT_SUPPORTED_FOR_INCREMENTAL";
    return { effective: "FULL", reason: `${code}: ${first.text}` };
  }
  throw refused(
    `Dynamic Table '${name}' is defined with REFRESH_MODE = INCREMENTAL, but the query is not supported for incremental refresh.`,
    obstacles,
  );
}

const refused = (message: string, obstacles: readonly Obstacle[]) =>
  compilationError("002711", "0A000", `${message}\n${obstacles.map(({ text }) => text).join("\n")}`);

/** What prevents incremental refresh: in the query itself, in the views it reads, and in the dynamic tables it reads. */
function obstaclesOf(context: ExecutionContext, query: Query): Obstacle[] {
  const own = (q: Query, where: string): Obstacle[] =>
    refreshability(q).reasons.map(({ construct, message, supportedInFull }) => ({
      text: `${construct}: ${message}${where}`,
      supportedInFull,
    }));
  const found = own(query, "");
  // A query that is possible in no mode need not be one that can be translated here.
  if (found.some(({ supportedInFull }) => !supportedInFull)) return found;
  for (const id of translateQuery(context, query).relations) {
    const doc = context.catalogue.byId(id) as RelationDoc | undefined;
    if (doc?.kind === "VIEW")
      found.push(...own(parseQuery(viewQuery(doc)), ` (in view ${fullName(context.catalogue, doc)})`));
    if (doc?.kind === "DYNAMIC_TABLE" && doc.effectiveRefreshMode === "FULL") {
      const name = fullName(context.catalogue, doc);
      found.push({
        text: `Upstream dynamic table: ${name} refreshes in full.`,
        supportedInFull: true,
        isUpstream: true,
      });
    }
  }
  return found;
}
