import type { AlterAction, CreateObject } from "../../../dialect/index";
import type { ObjectDoc, SettledDoc, SettledKind } from "../../catalogue/model";
import { invalidValue, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { nameParts } from "../../names/parts";
import { resolvePlace } from "../../names/resolve";
import { accountOf, hasGlobal, requireSystemRole } from "../../privileges/index";
import type { Setting } from "../../settings/definition";
import { CATEGORY, settingsOf } from "../../settings/index";
import { DISCRIMINATORS } from "../../settings/integrations";
import { isRange } from "../../settings/networkRule";
import { changed, readSettings, refuseFixed, requireSettings, type SettingChanges } from "../../settings/read";
import type { WriteUnit } from "../../store/writeUnit";
import { refuseAttached } from "./account/attachedPolicy";
import { unsetCommon } from "./alter/common";
import type { AlterOutcome } from "./alter/index";
import { createInSchema } from "./schemaObjects/place";
import { createObject } from "./support/create";
import { invalidProperty, Properties } from "./support/properties";
import { tagValues } from "./support/tags";

type SchemaKind = Exclude<SettledKind, "INTEGRATION" | "SHARE" | "CONNECTION">;

const TITLES: Record<SchemaKind, string> = {
  NETWORK_RULE: "Network rule",
  SECRET: "Secret",
  PASSWORD_POLICY: "Password policy",
  AUTHENTICATION_POLICY: "Authentication policy",
  STREAMLIT: "Streamlit",
};

/** Refused by name: nothing would heed them. */
const REFUSED: Partial<Record<SettledKind, readonly string[]>> = {
  SHARE: ["ACCOUNTS", "SECURE_OBJECTS_ONLY", "SHARE_RESTRICTIONS"],
  STREAMLIT: ["FROM", "IMPORTS"],
  AUTHENTICATION_POLICY: ["CLIENT_POLICY", "MFA_POLICY", "PAT_POLICY", "WORKLOAD_IDENTITY_POLICY"],
};

function refuseByName(kind: SettledKind, properties: Properties): void {
  const found = REFUSED[kind]?.find((name) => properties.has(name));
  if (found) throw unsupportedFeature(`${kind.replaceAll("_", " ")} (${found})`);
}

/** Which type of its kind it is to be, by the settings that say so. */
function given(properties: Properties, category: string | undefined): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = category === undefined ? {} : { [CATEGORY]: category };
  for (const name of DISCRIMINATORS) {
    const value = properties.scalar(name);
    if (typeof value === "string") found[name] = value;
  }
  return found;
}

function typeName(kind: SettledKind, said: Record<string, string | undefined>): string {
  const words = DISCRIMINATORS.flatMap((name) => (said[name] === undefined ? [] : [`${name} = ${said[name]}`]));
  return `${said[CATEGORY] ? `${said[CATEGORY]} ` : ""}${kind.replaceAll("_", " ")} (${words.join(", ")})`;
}

/** Settings and comment of a new object. Errors: 000002 for a type of object that there is not here. */
function readNew(context: ExecutionContext, statement: CreateObject, kind: SettledKind, category?: string) {
  const properties = new Properties(context, statement.properties);
  refuseByName(kind, properties);
  const said = given(properties, category);
  const settings = settingsOf(kind, said);
  if (!settings) throw unsupportedFeature(typeName(kind, said));
  requireSettings(properties, settings);
  const read = readSettings(context, properties, settings);
  checkValues(kind, read, read);
  const comment = properties.text("COMMENT") || undefined;
  properties.finish(kind);
  return {
    settings: changed(category === undefined ? {} : { [CATEGORY]: category }, read),
    comment,
    tags: tagValues(context, statement.tags),
  };
}

function checkValues(kind: SettledKind, changes: SettingChanges, all: SettingChanges): void {
  if (kind !== "NETWORK_RULE" || all["TYPE"] !== "IPV4") return;
  for (const value of (changes["VALUE_LIST"] as string[] | undefined) ?? []) {
    if (!isRange(value)) throw invalidValue(value, "VALUE_LIST");
  }
}

/** CREATE of a network rule, secret or policy. */
export const createSettled =
  (kind: SchemaKind) =>
  (context: ExecutionContext, statement: CreateObject): Promise<StatementResult> =>
    createInSchema(context, statement, kind, () => ({
      title: TITLES[kind],
      draft() {
        const place = resolvePlace(context, statement.name, `CREATE ${kind.replaceAll("_", " ")}`);
        const existing = context.catalogue.find(kind, place.schema.id, place.name);
        if (existing) refuseAttached(context, existing);
        return readNew(context, statement, kind);
      },
      async alter(unit, doc) {
        const next = readNew(context, statement, kind);
        for (const { name, fixed } of settingsOf(kind, doc.settings) ?? []) {
          if (fixed && next.settings[name] !== doc.settings[name]) throw invalidProperty(name, kind);
        }
        unit.catalogue.update<SettledDoc>(doc, { settings: next.settings, comment: next.comment as string });
      },
    }));

/** CREATE … INTEGRATION of the categories that the plugin has; they are names and settings, no cloud is asked. */
export const createIntegration =
  (category: string) =>
  (context: ExecutionContext, statement: CreateObject): Promise<StatementResult> =>
    context.write(
      (unit) => {
        const name = nameParts(context, statement.name).at(-1) as string;
        const own = `CREATE ${category} INTEGRATION`;
        return createObject(context, unit, statement, {
          kind: "INTEGRATION",
          name,
          container: accountOf(context.catalogue),
          privilege: hasGlobal(context, own) ? own : "CREATE INTEGRATION",
          title: "Integration",
          existing: context.catalogue.find("INTEGRATION", 0, name),
          draft: () => readNew(context, statement, "INTEGRATION", category),
        });
      },
      { ddl: true },
    );

/** CREATE SHARE and CREATE CONNECTION: there is no other account to share with or to fail over to. */
export const createForOthers =
  (kind: "SHARE" | "CONNECTION") =>
  (context: ExecutionContext, statement: CreateObject): Promise<StatementResult> =>
    context.write(
      (unit) => {
        const account = accountOf(context.catalogue);
        if (kind === "CONNECTION") requireSystemRole(context, "ACCOUNTADMIN", account);
        const name = nameParts(context, statement.name).at(-1) as string;
        return createObject(context, unit, statement, {
          kind,
          name,
          container: account,
          ...(kind === "SHARE" ? { privilege: "CREATE SHARE" } : {}),
          title: kind === "SHARE" ? "Share" : "Connection",
          existing: context.catalogue.find(kind, 0, name),
          draft() {
            const properties = new Properties(context, statement.properties);
            for (const other of ["AS REPLICA OF", "SECURE_OBJECTS_ONLY"]) {
              if (properties.has(other)) throw unsupportedFeature(`CREATE ${kind} (${other})`);
            }
            return readNew(context, statement, kind);
          },
        });
      },
      { ddl: true },
    );

/** ALTER … SET and UNSET of settings; the rest is common to all objects. */
export async function alterSettled(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: SettledDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const settings = settingsOf(doc.kind, doc.settings) ?? [];
  if (action.kind === "SetProperties") {
    const properties = new Properties(context, action.properties);
    refuseByName(doc.kind, properties);
    refuseFixed(properties, settings, doc.kind);
    const changes = readSettings(context, properties, settings);
    checkValues(doc.kind, changes, doc.settings);
    const comment = properties.has("COMMENT") ? { comment: properties.text("COMMENT") || undefined } : {};
    properties.finish(doc.kind);
    return { doc: unit.catalogue.update(doc, { settings: changed(doc.settings, changes), ...comment } as never) };
  }
  if (action.kind !== "UnsetProperties") return undefined;
  const taken = action.names.filter((name) => isUnset(settings, name));
  const rest = action.names.filter((name) => !taken.includes(name));
  const changes = Object.fromEntries(taken.map((name) => [name, undefined]));
  return {
    doc: unit.catalogue.update<ObjectDoc>(doc, {
      ...unsetCommon(doc, rest),
      settings: changed(doc.settings, changes),
    } as Partial<ObjectDoc>),
  };
}

const isUnset = (settings: readonly Setting[], name: string): boolean =>
  settings.some((setting) => setting.name === name && !setting.fixed);
