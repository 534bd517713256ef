import type { Query } from "../../ast/index";
import type { Cursor } from "../cursor";

export function parseQuery(cursor: Cursor): Query {
  throw cursor.unexpected(["a query"]);
}
