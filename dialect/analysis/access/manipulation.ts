import type { NodeOf } from "../../ast/index";
import type { AccessRule } from "./accessRule";

const insert: AccessRule<NodeOf<"Insert">> = (node, scope, found) => {
  if (node.overwrite) found.use("TRUNCATE", "TABLE", node.table, node.table.span, scope);
  found.use("INSERT", "TABLE", node.table, node.table.span, scope);
};

const multiTableInsert: AccessRule<NodeOf<"MultiTableInsert">> = (node, scope, found) => {
  if (!node.overwrite) return;
  for (const { table } of targets(node)) found.use("TRUNCATE", "TABLE", table, table.span, scope);
};

const targets = ({ branches, otherwise = [] }: NodeOf<"MultiTableInsert">): NodeOf<"InsertTarget">[] => [
  ...branches.flatMap(({ into }) => into),
  ...otherwise,
];

const insertTarget: AccessRule<NodeOf<"InsertTarget">> = (node, scope, found) =>
  found.use("INSERT", "TABLE", node.table, node.table.span, scope);

const update: AccessRule<NodeOf<"Update">> = (node, scope, found) =>
  found.use("UPDATE", "TABLE", node.table, node.table.span, scope);

const deletion: AccessRule<NodeOf<"Delete">> = (node, scope, found) =>
  found.use("DELETE", "TABLE", node.table, node.table.span, scope);

const merge: AccessRule<NodeOf<"Merge">> = (node, scope, found) =>
  found.use("MERGE", "TABLE", node.table, node.table.span, scope);

const truncate: AccessRule<NodeOf<"Truncate">> = (node, scope, found) =>
  found.use("TRUNCATE", node.objectType, node.table, node.table.span, scope);

/** Without FROM the files come from the table's own stage. */
const copyIntoTable: AccessRule<NodeOf<"CopyIntoTable">> = (node, scope, found) => {
  found.use("INSERT", "TABLE", node.table, node.table.span, scope);
  if (node.from === undefined) found.use("READ", "TABLE STAGE", node.table, node.table.span, scope);
  else found.stage("READ", node.from, scope);
};

const copyIntoLocation: AccessRule<NodeOf<"CopyIntoLocation">> = (node, scope, found) => {
  found.stage("INSERT", node.location, scope);
  if (node.from.kind !== "Query") found.use("READ", "TABLE", node.from, node.from.span, scope);
};

const copyFiles: AccessRule<NodeOf<"CopyFiles">> = (node, scope, found) => {
  found.stage("INSERT", node.location, scope);
  found.stage("READ", node.from, scope);
};

const put: AccessRule<NodeOf<"Put">> = (node, scope, found) => found.stage("INSERT", node.location, scope);
const get: AccessRule<NodeOf<"Get">> = (node, scope, found) => found.stage("READ", node.location, scope);
const list: AccessRule<NodeOf<"List">> = (node, scope, found) => found.stage("READ", node.location, scope);
const remove: AccessRule<NodeOf<"Remove">> = (node, scope, found) => found.stage("DELETE", node.location, scope);

export const manipulation = {
  Insert: insert,
  MultiTableInsert: multiTableInsert,
  InsertTarget: insertTarget,
  Update: update,
  Delete: deletion,
  Merge: merge,
  Truncate: truncate,
  CopyIntoTable: copyIntoTable,
  CopyIntoLocation: copyIntoLocation,
  CopyFiles: copyFiles,
  Put: put,
  Get: get,
  List: list,
  Remove: remove,
};
