import type { StatementHandlers } from "../handler";
import { deleteRows } from "./delete";
import { describeDelete, describeInsert, describeMerge, describeUpdate } from "./describe";
import { insert } from "./insert";
import { merge } from "./merge";
import { multiTableInsert } from "./multiTableInsert";
import { truncate } from "./truncate";
import { update } from "./update";

/** Statements that change the rows of tables; what is not here is refused by name. */
export const dmlHandlers: StatementHandlers = {
  Insert: { ...insert, describe: describeInsert },
  MultiTableInsert: multiTableInsert,
  Update: { ...update, describe: describeUpdate },
  Delete: { ...deleteRows, describe: describeDelete },
  Merge: { ...merge, describe: describeMerge },
  Truncate: truncate,
};
