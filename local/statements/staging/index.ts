import type { StatementHandlers } from "../handler";
import { copyFiles } from "./copyFiles";
import { copyIntoLocation } from "./copyIntoLocation";
import { copyIntoTable } from "./copyIntoTable";
import { list } from "./list";
import { get, put } from "./put";
import { remove } from "./remove";

/** Statements over files of stages. */
export const stagingHandlers: StatementHandlers = {
  Put: put,
  Get: get,
  List: list,
  Remove: remove,
  CopyIntoLocation: copyIntoLocation,
  CopyIntoTable: copyIntoTable,
  CopyFiles: copyFiles,
};
