import type { ObjectKind, SettingValue } from "../catalogue/model";
import { compilationError, doesNotExistOrNotAuthorized, invalidValue } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { printName } from "../names/print";
import { invalidProperty, type Properties } from "../statements/ddl/support/properties";
import { MASK, type Setting } from "./definition";

/** Changes of settings; undefined takes one away. */
export type SettingChanges = Record<string, SettingValue | undefined>;

/** Those of the settings that the properties give. Errors: 001008 for a value that does not fit, 002003 for a name that is nobody's. */
export function readSettings(
  context: ExecutionContext,
  properties: Properties,
  settings: readonly Setting[],
): SettingChanges {
  const changes: SettingChanges = {};
  for (const setting of settings) {
    if (!properties.has(setting.name)) continue;
    const value = givenValue(properties, setting);
    requireNamed(context, setting, value);
    changes[setting.name] = setting.secret && value !== undefined ? MASK : value;
  }
  return changes;
}

function givenValue(properties: Properties, { name, type, words, range }: Setting): SettingValue | undefined {
  switch (type) {
    case "boolean":
      return properties.boolean(name);
    case "integer":
      return properties.integer(name, ...(range ?? []));
    case "list": {
      const items = properties.list(name);
      return words ? items?.map((item) => wordOf(item, words, name)) : items;
    }
    case "text": {
      const given = properties.text(name);
      return given !== undefined && words ? wordOf(given, words, name) : given;
    }
  }
}

function wordOf(given: string, words: readonly string[], property: string): string {
  const found = words.find((word) => word.toUpperCase() === given.toUpperCase());
  if (found === undefined) throw invalidValue(given, property);
  return found;
}

const TITLES = { INTEGRATION: "Integration", NETWORK_POLICY: "Network policy", ROLE: "Role", WAREHOUSE: "Warehouse" };

function requireNamed(context: ExecutionContext, { names }: Setting, value: SettingValue | undefined): void {
  if (names === undefined || value === undefined) return;
  for (const name of Array.isArray(value) ? value : [String(value)]) {
    if (name === "ALL" && names === "INTEGRATION") continue;
    if (!context.catalogue.find(names, 0, name)) throw doesNotExistOrNotAuthorized(TITLES[names], printName(name));
  }
}

/** Errors: 002029 for what CREATE has to say and did not. */
export function requireSettings(properties: Properties, settings: readonly Setting[]): void {
  const missing = settings.filter(({ name, required }) => required && !properties.has(name));
  if (missing.length === 0) return;
  throw compilationError("002029", "42601", `Missing option(s): [${missing.map(({ name }) => name).join(", ")}]`);
}

/** Errors: 001420 for a setting that only CREATE takes. */
export function refuseFixed(properties: Properties, settings: readonly Setting[], kind: ObjectKind): void {
  for (const { name, fixed } of settings) if (fixed && properties.has(name)) throw invalidProperty(name, kind);
}

/** The settings with the changes made. */
export function changed(
  current: Readonly<Record<string, SettingValue>>,
  changes: SettingChanges,
): Record<string, SettingValue> {
  const next: Record<string, SettingValue> = { ...current };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  return next;
}
