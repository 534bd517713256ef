import {
  constantText,
  type Grantee,
  type GrantObject,
  type Name,
  type Property,
  type PropertyValue,
} from "../dialect/index";
import type { Act } from "./acts/act";
import { DYNAMIC } from "./acts/names";
import { parseObjectName } from "./acts/objectName";
import { ADMINISTRATORS } from "./administrators";
import { givenText, propertyText } from "./properties";
import type { Breach } from "./rule";
import { isRevert } from "./rules/TT02";
import type { LawSettings } from "./settings";
import { accountObjectTarget, isEvents, objectTarget } from "./target";

/** Whatever would let the refresh warehouse serve more than the events table, or leave that table without it (TT09). */
export const onRefreshWarehouse = (act: Act, settings: LawSettings): Breach[] => [
  ...used(act, settings),
  ...lost(act, settings),
  ...granted(act, settings),
];

function used(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  const span = usedAt(act, settings);
  if (!span) return [];
  return [
    {
      message: `${settings.refreshWarehouse} refreshes the events table and nothing else${statement.kind === "Use" ? "; this session would use it" : ""}.`,
      fix: "Use the query warehouse.",
      span,
    },
  ];
}

/** Without the warehouse of that name the events table is refreshed no more; another one of that name serves others as well. */
function lost(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  const { refreshWarehouse } = settings;
  const isIt = (name: Name): boolean => isRefreshWarehouse(name, act, settings);
  if (statement.kind === "Drop" && /WAREHOUSE$/.test(statement.objectType)) {
    if (!isIt(statement.name) || isRevert(act)) return [];
    return [
      {
        message: `Drops ${refreshWarehouse}, on which the events table is refreshed.`,
        fix: "Keep it; destroying an environment is done by pulumi destroy.",
        span: statement.name.span,
      },
    ];
  }
  if (statement.kind !== "Alter" || !/WAREHOUSE$/.test(statement.objectType)) return [];
  const { name: renamed } = statement;
  return statement.actions
    .filter((action) => action.kind === "RenameTo")
    .filter(({ name }) => isIt(name) || (renamed !== undefined && isIt(renamed)))
    .map(({ span }) => ({
      message: `Renames a warehouse to or from ${refreshWarehouse}, on which the events table is refreshed.`,
      fix: "Keep the names of the warehouses.",
      span,
    }));
}

/** Privileges by which others stop it or change what it is. */
function granted(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  if (statement.kind !== "GrantPrivileges" && statement.kind !== "GrantOwnership") return [];
  if (mayHave(statement.to, act, settings)) return [];
  const given =
    statement.kind === "GrantOwnership" ? [{ name: "OWNERSHIP", span: statement.on.span }] : statement.privileges;
  return given
    .filter(({ name }) => reaches(statement.on, name, act, settings))
    .map(({ name, span }) => ({
      message: `Grants ${name} on ${statement.on.scope === "ACCOUNT" ? "the account, and so on " : ""}${settings.refreshWarehouse}: whoever has it can stop or change what refreshes the events table.`,
      fix: "Grant MONITOR, which is enough to watch the refresh.",
      span,
    }));
}

const CHANGING = /^(MODIFY|OPERATE|OWNERSHIP|ALL)$/;

function reaches(on: GrantObject, privilege: string, act: Act, settings: LawSettings): boolean {
  if (on.scope === "ACCOUNT") return privilege === "MANAGE WAREHOUSES";
  return (
    on.objectType === "WAREHOUSE" &&
    CHANGING.test(privilege) &&
    on.name !== undefined &&
    isRefreshWarehouse(on.name, act, settings)
  );
}

/** The owner of the refresh runs there; those who make warehouses have everything anyway. */
function mayHave({ type, name }: Grantee, act: Act, { deployerRole, accountRole }: LawSettings): boolean {
  const target = accountObjectTarget(name, act);
  return type === "ROLE" && target !== DYNAMIC && [deployerRole, accountRole, ...ADMINISTRATORS].includes(target.name);
}

function isRefreshWarehouse(name: Name, act: Act, { refreshWarehouse }: LawSettings): boolean {
  const target = accountObjectTarget(name, act);
  return target !== DYNAMIC && target.name === refreshWarehouse;
}

/** Properties by which an object says on which warehouse it, or what is made in it, runs. */
const RUNS_ON = [
  "WAREHOUSE",
  "QUERY_WAREHOUSE",
  "DEFAULT_WAREHOUSE",
  "INITIALIZATION_WAREHOUSE",
  "DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE",
];

function usedAt(act: Act, settings: LawSettings): { start: number; end: number } | undefined {
  const { statement } = act;
  // A variable holds the name as it would be written.
  const isNamed = (value: PropertyValue | undefined): boolean =>
    (propertyText(value) ?? givenText(value, act.constantOf)?.toUpperCase()) === settings.refreshWarehouse;
  const inProperty = (properties: readonly Property[], ...names: string[]) =>
    properties.find((one) => names.includes(one.name) && isNamed(one.value))?.span;
  switch (statement.kind) {
    case "Use":
      return statement.type === "WAREHOUSE" && isRefreshWarehouse(statement.name, act, settings)
        ? statement.name.span
        : undefined;
    case "CreateTask":
    case "CreateAlert":
    case "CreateTable":
    case "CreateSchema":
    case "CreateDatabase":
      return inProperty(statement.properties, ...RUNS_ON);
    case "CreateDynamicTable":
      return isEvents(objectTarget(statement.name, act), settings)
        ? undefined
        : inProperty(statement.properties, ...RUNS_ON);
    case "Call": {
      const named = statement.args.find((one) => one.kind === "NamedArgument" && RUNS_ON.includes(one.name.value));
      const text = named?.kind === "NamedArgument" ? constantText(named.value, act.constantOf) : undefined;
      return text !== undefined && parseObjectName(text)?.[0] === settings.refreshWarehouse ? named?.span : undefined;
    }
    case "Unmodelled":
      return usedInText(statement, settings) ? (statement.name ?? statement).span : undefined;
    case "CreateObject":
      return inProperty(statement.properties, ...RUNS_ON) ?? usedInSpecification(statement.properties, settings);
    case "CreateCortexSearchService":
    case "ExecuteJobService":
      return inProperty(statement.properties, ...RUNS_ON);
    case "Alter": {
      if (
        /TABLE$/.test(statement.objectType) &&
        statement.name &&
        isEvents(objectTarget(statement.name, act), settings)
      )
        return undefined;
      const set = statement.actions.flatMap((action) => (action.kind === "SetProperties" ? action.properties : []));
      const unread = statement.actions.find(
        (action) => action.kind === "UnmodelledAction" && usedInText(action, settings),
      );
      return inProperty(set, ...RUNS_ON) ?? unread?.span;
    }
    default:
      return undefined;
  }
}

/** `warehouse: …` in the specification of an agent, whose tools run there. */
function usedInSpecification(properties: readonly Property[], { refreshWarehouse }: LawSettings) {
  return properties.find(({ name, value }) => {
    const said = /SPECIFICATION/.test(name) && value?.kind === "StringLiteral" ? value.value : "";
    return [...said.matchAll(/\bwarehouse["']?\s*:\s*["']?([\w$]+)/gi)].some(
      ([, one]) => one?.toUpperCase() === refreshWarehouse,
    );
  })?.span;
}

/** `WAREHOUSE = …` of what has no tree, such as EXECUTE NOTEBOOK PROJECT or the materialisation of a semantic view. */
function usedInText({ text }: { text: string }, { refreshWarehouse }: LawSettings): boolean {
  const [, quoted, plain] = /\b(?:QUERY_)?WAREHOUSE\s*=\s*(?:"([^"]+)"|'?([\w$]+)'?)/i.exec(text) ?? [];
  return (quoted ?? plain?.toUpperCase()) === refreshWarehouse;
}
