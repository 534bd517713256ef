import type {
  AccessTokenAction,
  Action,
  AddColumns,
  AddConstraint,
  Alter,
  AlterAction,
  AlterColumn,
  AlterConstraint,
  ChangeTagValue,
  ClusterBy,
  DropClusteringKey,
  DropColumns,
  DropConstraint,
  ModifyBody,
  ModifyCondition,
  ModifyWhen,
  PolicyAction,
  RenameColumn,
  RenameConstraint,
  RenameTo,
  SearchOptimization,
  SetBody,
  SetProperties,
  SetTags,
  SetTriggers,
  SwapWith,
  TaskPredecessors,
  UnmodelledAction,
  UnsetProperties,
  UnsetTags,
} from "../ast/index";
import { commas, type Document, parenthesizedList, quote, sql, when, words } from "./document";
import { signature, triggers } from "./objects";

export const alterPrinters = {
  Alter: printAlter,
  RenameTo: (node: RenameTo): Document =>
    words(
      sql`RENAME TO ${node.name}`,
      when(node.saveOldUrl !== undefined, `SAVE_OLD_URL = ${String(node.saveOldUrl).toUpperCase()}`),
    ),
  SwapWith: (node: SwapWith): Document => sql`SWAP WITH ${node.name}`,
  SetProperties: (node: SetProperties): Document => words("SET", ...node.properties),
  UnsetProperties: (node: UnsetProperties): Document => sql`UNSET ${commas(node.names)}`,
  SetTags: (node: SetTags): Document => sql`SET TAG ${commas(node.tags)}`,
  UnsetTags: (node: UnsetTags): Document => sql`UNSET TAG ${commas(node.tags)}`,
  ChangeTagValue: ({ change }: ChangeTagValue): Document => sql`${change.type} ${change.value} FOR TAG ${change.tag}`,
  AddColumns: (node: AddColumns): Document =>
    words("ADD COLUMN", when(node.ifNotExists, "IF NOT EXISTS"), commas(node.columns)),
  DropColumns: (node: DropColumns): Document =>
    words("DROP COLUMN", when(node.ifExists, "IF EXISTS"), commas(node.columns)),
  RenameColumn: (node: RenameColumn): Document => sql`RENAME COLUMN ${node.from} TO ${node.to}`,
  AlterColumn: (node: AlterColumn): Document => sql`MODIFY ${columnChange(node)}`,
  AddConstraint: (node: AddConstraint): Document => sql`ADD ${node.constraint}`,
  DropConstraint: (node: DropConstraint): Document => words("DROP", ...namedConstraint(node), node.behaviour),
  RenameConstraint: (node: RenameConstraint): Document => sql`RENAME CONSTRAINT ${node.from} TO ${node.to}`,
  AlterConstraint: (node: AlterConstraint): Document => words("ALTER", ...namedConstraint(node), ...node.properties),
  ClusterBy: (node: ClusterBy): Document => sql`CLUSTER BY (${commas(node.expressions)})`,
  DropClusteringKey: (_: DropClusteringKey): Document => "DROP CLUSTERING KEY",
  SearchOptimization: (node: SearchOptimization): Document =>
    words(
      node.verb,
      "SEARCH OPTIMIZATION",
      when(node.targets.length, sql`ON ${commas(node.targets.map(searchTarget))}`),
    ),
  Action: (node: Action): Document => words(node.action, ...node.properties),
  PolicyAction: (node: PolicyAction): Document =>
    words(node.verb, node.policy ?? everyPolicy(node), when(node.forAll, `FOR ALL ${node.forAll}`)),
  SetBody: (node: SetBody): Document => sql`SET BODY -> ${node.body}`,
  ModifyBody: (node: ModifyBody): Document => sql`MODIFY AS ${node.body}`,
  ModifyWhen: (node: ModifyWhen): Document => (node.condition ? sql`MODIFY WHEN ${node.condition}` : "REMOVE WHEN"),
  ModifyCondition: (node: ModifyCondition): Document => sql`MODIFY CONDITION EXISTS (${node.condition})`,
  TaskPredecessors: (node: TaskPredecessors): Document => sql`${node.verb} AFTER ${commas(node.tasks)}`,
  SetTriggers: (node: SetTriggers): Document => triggers(node.triggers),
  AccessTokenAction: (node: AccessTokenAction): Document =>
    words(
      `${node.verb} PROGRAMMATIC ACCESS TOKEN`,
      when(node.conditional, node.verb === "ADD" ? "IF NOT EXISTS" : "IF EXISTS"),
      node.token,
      node.change,
      ...node.properties,
    ),
  UnmodelledAction: (node: UnmodelledAction): Document => node.text,
};

function printAlter(node: Alter): Document {
  return words(
    "ALTER",
    node.objectType,
    when(node.ifExists, "IF EXISTS"),
    node.name && signature(node.name, node.argumentTypes),
    when(node.furtherNames, sql`, ${commas(node.furtherNames ?? [])}`),
    actions(node),
  );
}

/** SET and UNSET follow one another as they are, all else behind a comma. */
const FOLLOWS_WITHOUT_COMMA: ReadonlySet<string> = new Set([
  "SetProperties",
  "UnsetProperties",
  "SetTags",
  "UnsetTags",
  "SetTriggers",
]);

/** Changes of several columns share one MODIFY and are parted by commas. */
function actions(node: Alter): Document {
  if (node.actions.length > 1 && node.actions.every((action): action is AlterColumn => action.kind === "AlterColumn"))
    return sql`MODIFY ${commas(node.actions.map(columnChange))}`;
  return node.actions.flatMap((action, i): Document[] => {
    if (i === 0) return [alterAction(node, action)];
    return [FOLLOWS_WITHOUT_COMMA.has(action.kind) ? " " : ", ", alterAction(node, action)];
  });
}

function alterAction(node: Alter, action: AlterAction): Document {
  if (action.kind === "ModifyBody" && node.objectType === "ALERT") return sql`MODIFY ACTION ${action.body}`;
  return action;
}

function everyPolicy(node: PolicyAction): Document {
  return node.verb === "DROP" && node.policyType === "ROW ACCESS"
    ? `ALL ${node.policyType} POLICIES`
    : `${node.policyType} POLICY`;
}

const namedConstraint = (node: DropConstraint | AlterConstraint): Document[] => [
  node.type ?? "CONSTRAINT",
  node.name,
  when(node.columns.length, parenthesizedList(node.columns)),
];

function columnChange({ column, change }: AlterColumn): Document {
  const head = sql`COLUMN ${column} `;
  switch (change.type) {
    case "SET DATA TYPE":
      return [
        head,
        words(
          sql`SET DATA TYPE ${change.dataType}`,
          when(change.collate !== undefined, sql`COLLATE ${quote(change.collate ?? "")}`),
        ),
      ];
    case "SET DEFAULT":
    case "SET WRITE DEFAULT":
      return [head, sql`${change.type} ${change.value}`];
    case "COMMENT":
      return [head, `COMMENT ${quote(change.comment)}`];
    case "SET POLICY":
      return [head, sql`SET ${change.policy}`];
    case "UNSET POLICY":
      return [head, `UNSET ${change.policyType} POLICY`];
    case "SET PRIVACY DOMAIN":
      return [head, `SET PRIVACY DOMAIN ${change.domain}`];
    case "SET TAG":
      return [head, sql`SET TAG ${commas(change.tags)}`];
    case "UNSET TAG":
      return [head, sql`UNSET TAG ${commas(change.names)}`];
    case "ADD VALUE":
    case "DROP VALUE":
      return [head, sql`${change.type} ${change.value} FOR TAG ${change.tag}`];
    default:
      return [head, change.type];
  }
}

function searchTarget(target: SearchOptimization["targets"][number]): Document {
  const analyzer = when(target.analyzer, `, ANALYZER => ${quote(target.analyzer ?? "")}`);
  if (target.method === "") return commas(target.columns);
  return [target.method, "(", target.all ? "*" : commas(target.columns), analyzer, ")"];
}
