import type { FileFormatDoc, NetworkPolicyDoc, StageDoc, TableDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import type { Row, StatementResult } from "../../execution/result";
import { fullName } from "../../names/print";
import { varchar } from "../../types/dataType";
import { cloudOf } from "../ddl/schemaObjects/externalStage";
import { columnOf } from "../show/table";
import { formatDefaults, plainOptions } from "./formatOptions";

const columns = (...names: string[]) => names.map((name) => columnOf({ name, type: varchar() }));

const typeName = (value: unknown): string =>
  Array.isArray(value)
    ? "List"
    : typeof value === "boolean"
      ? "Boolean"
      : typeof value === "number"
        ? "Integer"
        : "String";

const ESCAPED: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As Snowflake prints options: not in quotes; backslashes, quotes and line ends escaped: `\n`, `[\\N, NULL]`. */
const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  return String(value).replace(/[\\"\n\r\t]/g, (c) => ESCAPED[c] as string);
};

/** Option, type, value, default; every option, as set or by default. */
function optionRows(given: Record<string, unknown>, defaults: Record<string, unknown>): Row[] {
  return Object.entries({ ...defaults, ...given }).map(([name, value]) => [
    name,
    typeName(defaults[name] ?? value),
    valueText(value),
    valueText(defaults[name]),
  ]);
}

const COPY_DEFAULTS = {
  ON_ERROR: "ABORT_STATEMENT",
  SIZE_LIMIT: "",
  PURGE: false,
  RETURN_FAILED_ONLY: false,
  ENFORCE_LENGTH: true,
  TRUNCATECOLUMNS: false,
  FORCE: false,
};

function stageRows(stage: Partial<StageDoc>): Row[] {
  const type = (String(stage.fileFormat?.TYPE ?? "CSV").toUpperCase() as FileFormatDoc["type"]) ?? "CSV";
  const format = stage.fileFormat ?? {};
  const formatRows: Row[] = format.FORMAT_NAME
    ? [["FORMAT_NAME", "String", String(format.FORMAT_NAME), ""]]
    : [
        ["TYPE", "String", type, "CSV"],
        ...optionRows({ ...plainOptions(format), TYPE: undefined }, formatDefaults(type)).filter(
          (r) => r[0] !== "TYPE",
        ),
      ];
  const under = (parent: string, rows: Row[]): Row[] => rows.map((row) => [parent, ...row]);
  return [
    ...under("STAGE_FILE_FORMAT", formatRows),
    ...under("STAGE_COPY_OPTIONS", optionRows(stage.copyOptions ?? {}, COPY_DEFAULTS)),
    ...under("STAGE_LOCATION", [["URL", "String", stage.url === undefined ? "" : JSON.stringify([stage.url]), ""]]),
    ...under("STAGE_INTEGRATION", [["STORAGE_INTEGRATION", "String", stage.storageIntegration ?? "", ""]]),
    ...under("STAGE_CREDENTIALS", cloudOf(stage.url ?? "") === "AWS" ? [["AWS_KEY_ID", "String", "", ""]] : []),
    ...under("DIRECTORY", [
      ["ENABLE", "Boolean", String(stage.directory?.enable ?? false), "false"],
      ["AUTO_REFRESH", "Boolean", String(stage.directory?.autoRefresh ?? false), "false"],
    ]),
  ];
}

const STAGE_COLUMNS = columns("parent_property", "property", "property_type", "property_value", "property_default");

/** Nothing is NULL: the Snowflake plugin reads plain texts. */
export const describeStage = (_context: ExecutionContext, doc: StageDoc): StatementResult => ({
  columns: STAGE_COLUMNS,
  rows: stageRows(doc),
});

/** DESCRIBE TABLE … TYPE = STAGE: the stage that every table has. */
export const describeTableStage = ({ stageFileFormat }: TableDoc): StatementResult => ({
  columns: STAGE_COLUMNS,
  rows: stageRows({ fileFormat: stageFileFormat }),
});

export const describeFileFormat = (_context: ExecutionContext, doc: FileFormatDoc): StatementResult => ({
  columns: columns("property", "property_type", "property_value", "property_default"),
  rows: [["TYPE", "String", doc.type, "CSV"], ...optionRows(plainOptions(doc.options), formatDefaults(doc.type))],
});

export function describeNetworkPolicy(context: ExecutionContext, doc: NetworkPolicyDoc): StatementResult {
  const rules = (ids: readonly number[]) =>
    JSON.stringify(
      ids.flatMap((id) => {
        const rule = context.catalogue.get("NETWORK_RULE", id);
        return rule ? [{ fullyQualifiedRuleName: fullName(context.catalogue, rule) }] : [];
      }),
    );
  const rows: Row[] = [];
  if (doc.allowedNetworkRuleList.length > 0)
    rows.push(["ALLOWED_NETWORK_RULE_LIST", rules(doc.allowedNetworkRuleList)]);
  if (doc.blockedNetworkRuleList.length > 0)
    rows.push(["BLOCKED_NETWORK_RULE_LIST", rules(doc.blockedNetworkRuleList)]);
  if (doc.allowedIpList.length > 0) rows.push(["ALLOWED_IP_LIST", doc.allowedIpList.join(",")]);
  if (doc.blockedIpList.length > 0) rows.push(["BLOCKED_IP_LIST", doc.blockedIpList.join(",")]);
  return { columns: columns("name", "value"), rows };
}
