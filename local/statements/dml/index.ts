import type { StatementHandlers } from "../handler";
import { deleteRows } from "./delete";
import { insert } from "./insert";
import { truncate } from "./truncate";
import { update } from "./update";

/** INSERT, UPDATE, DELETE, TRUNCATE; what is not here is refused by name. */
export const dmlHandlers: StatementHandlers = {
  Insert: insert,
  Update: update,
  Delete: deleteRows,
  Truncate: truncate,
};
