import type { DynamicTableDoc } from "../../../catalogue/model";
import { lagSeconds } from "../../../dynamicTables/history";
import type { ExecutionContext } from "../../../execution/context";
import { fullName } from "../../../names/resolve";
import { has } from "../../../privileges/index";
import { ARRAY, OBJECT } from "../../../types/dataType";
import { nameArgument } from "../../arguments";
import { type Arguments, count, type SystemColumn, text } from "../../define";
import { isShown } from "../scope";

/** JSON text as an OBJECT. */
export const object = <D>(name: string, value: SystemColumn<D>["value"]): SystemColumn<D> => ({
  name,
  type: OBJECT,
  value,
});
/** JSON text as an ARRAY. */
export const array = <D>(name: string, value: SystemColumn<D>["value"]): SystemColumn<D> => ({
  name,
  type: ARRAY,
  value,
});

type Placed = Pick<DynamicTableDoc, "name" | "parentId">;

/** NAME, SCHEMA_NAME, DATABASE_NAME of the table that `of` finds in a row. */
export const placeColumns = <D>(of: (item: D) => Placed): SystemColumn<D>[] => [
  text("NAME", (item) => of(item).name),
  text("SCHEMA_NAME", (item, context) => context.catalogue.get("SCHEMA", of(item).parentId)?.name),
  text("DATABASE_NAME", (item, context) => databaseOf(context, of(item))?.name),
];

const databaseOf = (context: ExecutionContext, { parentId }: Placed) => {
  const schema = context.catalogue.get("SCHEMA", parentId);
  return schema && context.catalogue.get("DATABASE", schema.parentId);
};

export const qualifiedName = <D>(of: (item: D) => Placed): SystemColumn<D> =>
  text("QUALIFIED_NAME", (item, context) => fullName(context.catalogue, of(item) as DynamicTableDoc));

export const targetLag = <D>(of: (item: D) => Pick<DynamicTableDoc, "targetLag">): SystemColumn<D>[] => [
  count("TARGET_LAG_SEC", (item) => lagSeconds(of(item) as DynamicTableDoc)),
  text("TARGET_LAG_TYPE", (item) => {
    const { targetLag } = of(item);
    if (targetLag === null) return null;
    return targetLag === "DOWNSTREAM" ? targetLag : "USER_DEFINED";
  }),
];

/** Without MONITOR only the names are shown. */
export const monitored = <D extends { isMonitored: boolean }>(column: SystemColumn<D>): SystemColumn<D> => ({
  ...column,
  value: (item, context) => (item.isMonitored ? column.value(item, context) : null),
});

/** `2026-01-31 10:00:00.000 Z`, as these functions write times inside an OBJECT. */
export const instantText = (millis: number): string =>
  new Date(millis).toISOString().replace("T", " ").replace("Z", " Z");

export const mayMonitor = (context: ExecutionContext, doc: DynamicTableDoc): boolean => has(context, "MONITOR", doc);

/** The dynamic tables of the account that the roles can see, by NAME when it is given: unqualified names lie in the function's database. */
export function dynamicTables(
  context: ExecutionContext,
  args: Arguments,
  databaseId: number | null,
  argument = "NAME",
): DynamicTableDoc[] {
  const parts = nameArgument(args, argument);
  return context.catalogue
    .all("DYNAMIC_TABLE")
    .filter((doc) => isShown(context, doc) && (!parts || isNamed(context, doc, parts, databaseId)));
}

function isNamed(
  context: ExecutionContext,
  doc: DynamicTableDoc,
  parts: readonly string[],
  databaseId: number | null,
): boolean {
  const schema = context.catalogue.get("SCHEMA", doc.parentId);
  const [name, inSchema, inDatabase] = [...parts].reverse();
  if (doc.name !== name) return false;
  if (inSchema !== undefined && schema?.name !== inSchema) return false;
  if (inDatabase !== undefined) return databaseOf(context, doc)?.name === inDatabase;
  return databaseId === null || schema?.parentId === databaseId;
}
