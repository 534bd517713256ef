import { type Argument, type Call, constantText, type Expression, type ObjectEntry } from "../dialect/index";
import type { Act } from "./acts/act";
import { type AnyNode, allNodes } from "./acts/children";
import { cased, DYNAMIC, resolveObject } from "./acts/names";
import { parseObjectName } from "./acts/objectName";
import type { LawSettings } from "./settings";
import type { TableMade } from "./tablesMade";
import { objectTarget, type Target } from "./target";

/** The tables that a call of one of Snowflake's own procedures brings about. */
export function byProcedure(call: Call, act: Act, settings: LawSettings): TableMade[] {
  const target = objectTarget(call.procedure, act);
  if (target === DYNAMIC) return [];
  const { span } = call.procedure;
  switch (target.name) {
    // https://docs.snowflake.com/en/sql-reference/stored-procedures/generate_synthetic_data
    case "GENERATE_SYNTHETIC_DATA": {
      const own = target.database === "SNOWFLAKE" && target.schema === "DATA_PRIVACY";
      if (!own || writesElsewhere(call, settings)) return [];
      return [
        {
          what: "Calls SNOWFLAKE.DATA_PRIVACY.GENERATE_SYNTHETIC_DATA, which writes tables of its own, in",
          target: { name: "" },
          span,
        },
      ];
    }
    // https://docs.snowflake.com/en/sql-reference/functions/system_create_evaluation_dataset
    case "SYSTEM$CREATE_EVALUATION_DATASET":
      return [{ what: "Creates the dataset", target: namedBy(call.args[2], act), span }];
    // https://docs.snowflake.com/en/sql-reference/stored-procedures/system_manage_semantic_view_materializations_from_yaml
    case "SYSTEM$MANAGE_SEMANTIC_VIEW_MATERIALIZATIONS_FROM_YAML":
      return NO_MATERIALIZATIONS.test(textOf(call.args[1], act) ?? "")
        ? []
        : [{ what: "Materialises the semantic view", target: namedBy(call.args[0], act), span }];
    // https://docs.snowflake.com/en/sql-reference/functions/system_schedule_async_replication_group_refresh
    case "SYSTEM$SCHEDULE_ASYNC_REPLICATION_GROUP_REFRESH":
      return [{ what: broughtIn("REPLICATION GROUP"), target: { name: "" }, span }];
    // https://docs.snowflake.com/en/user-guide/snowflake-postgres/postgres-data-mirroring-reference
    case "CREATE_MIRROR":
      return target.database === "SNOWFLAKE" && target.schema === "POSTGRES" ? mirrored(call, act, settings) : [];
    default:
      return [];
  }
}

/** The argument of that name, or in that place when arguments have no names. */
function argumentOf({ args }: Call, name: string, place: number): Argument | undefined {
  const named = args.find((argument) => argument.kind === "NamedArgument" && argument.name.value === name);
  if (named?.kind === "NamedArgument") return named.value;
  const inPlace = args[place];
  return inPlace?.kind === "NamedArgument" ? undefined : inPlace;
}

/** A mirror makes its target database, with a table for each that it copies; the name is folded to upper case. */
function mirrored(call: Call, act: Act, settings: LawSettings): TableMade[] {
  const database = textOf(argumentOf(call, "TARGET_DATABASE", 3), act)
    ?.replaceAll('"', "")
    .toUpperCase();
  if (database !== undefined && database !== settings.database) return [];
  const target = database === undefined ? DYNAMIC : { database, name: "" };
  return [{ what: "Mirrors the tables of a Postgres instance into", target, span: call.procedure.span }];
}

/** A list that is empty drops those that there are. */
const NO_MATERIALIZATIONS = /^\s*materializations\s*:\s*\[\s*\]\s*$/;

export const broughtIn = (objectType: string): string =>
  `Brings in the databases of another account by a ${objectType.toLowerCase()}, and with them tables in`;

const textOf = (argument: Argument | undefined, act: Act): string | undefined =>
  argument && constantText(argument as Expression, act.constantOf);

/** The object whose name is given as a text. */
function namedBy(argument: Argument | undefined, act: Act): Target {
  const text = textOf(argument, act);
  const parts = text === undefined ? undefined : parseObjectName(text);
  return parts === undefined ? DYNAMIC : resolveObject(cased(parts, act.namespace), act.namespace);
}

/** The tables that GENERATE_SYNTHETIC_DATA is told to write, when all are written out and lie in other databases. */
function writesElsewhere(call: AnyNode, settings: LawSettings): boolean {
  const outputs = allNodes(call).flatMap((node) => {
    const { kind, key, value } = node as unknown as ObjectEntry;
    return kind === "ObjectEntry" && key.kind === "StringLiteral" && key.value === "output_table" ? [value] : [];
  });
  return (
    outputs.length > 0 &&
    outputs.every((output) => {
      const parts = output.kind === "StringLiteral" ? parseObjectName(output.value) : undefined;
      return parts?.length === 3 && parts[0] !== settings.database;
    })
  );
}
