import type { Show } from "../../../dialect/index";
import type { ObjectDoc, ObjectKind } from "../../catalogue/model";
import { doesNotExistOrNotAuthorized, noCurrentDatabase, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { showPattern } from "../../names/like";
import { nameParts } from "../../names/parts";
import {
  resolveAccountObject,
  resolveDatabase,
  resolveRelation,
  resolveSchema,
  resolveSchemaObject,
} from "../../names/resolve";
import { type ParameterDefinition, type ParameterLevel, parametersOf } from "../../parameters/definitions";
import { accountDoc, type EffectiveParameter, objectParameter, sessionParameter } from "../../parameters/effective";
import { varchar } from "../../types/dataType";
import { isParameterOf } from "../ddl/support/parameters";
import { resolveTarget } from "../ddl/support/target";
import { textOf } from "../ddl/support/values";

const COLUMNS = ["key", "value", "default", "level", "description", "type"].map((name) => ({
  name,
  type: varchar(),
  nullable: true,
}));

/** SHOW PARAMETERS [LIKE '…'] [{IN | FOR} {SESSION | ACCOUNT | USER u | WAREHOUSE w | DATABASE d | SCHEMA s | TABLE t | TASK t | PROCEDURE p(types) | FUNCTION f(types)}] */
export async function showParameters(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const { level, effective } = scopeOf(context, statement);
  const matches = statement.like ? showPattern(textOf(context, statement.like, "LIKE")) : () => true;
  const rows = shownOf(level)
    .filter((definition) => !definition.hidden && matches(definition.name))
    .map((definition) => {
      const { value, level: setAt } = effective(definition);
      return [
        definition.name,
        String(value),
        String(definition.default),
        setAt,
        definition.description,
        definition.type,
      ];
    });
  return { columns: COLUMNS, rows };
}

/** A task sets what its session has, too. */
function shownOf(level: ParameterLevel): ParameterDefinition[] {
  const own = parametersOf(level);
  if (level !== "TASK") return own;
  const ofSession = parametersOf("SESSION").filter(({ name }) => isParameterOf("TASK", name));
  return [...own, ...ofSession].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Scope {
  level: ParameterLevel;
  effective: (definition: ParameterDefinition) => EffectiveParameter;
}

function scopeOf(context: ExecutionContext, statement: Show): Scope {
  const { catalogue, session } = context;
  const type = statement.in?.type ?? statement.grants?.objectType ?? "SESSION";
  const name = statement.in?.name ?? statement.grants?.name;
  const ofObject = (level: ParameterLevel, doc: ObjectDoc): Scope => ({
    level,
    effective: ({ name: key }) => objectParameter(catalogue, doc, key),
  });
  switch (type) {
    case "SESSION":
      return { level: "SESSION", effective: ({ name: key }) => sessionParameter(catalogue, session, key) };
    case "ACCOUNT": {
      const account = accountDoc(catalogue);
      if (!account) throw doesNotExistOrNotAuthorized("Account", "ACCOUNT");
      return ofObject("ACCOUNT", account);
    }
    case "USER": {
      const user = name ? resolveAccountObject(context, "USER", name) : catalogue.get("USER", session.userId);
      if (!user) throw doesNotExistOrNotAuthorized("User", name ? nameParts(context, name).join(".") : "");
      return ofObject("USER", user);
    }
    case "WAREHOUSE":
      if (!name) throw doesNotExistOrNotAuthorized("Warehouse", "");
      return ofObject("WAREHOUSE", resolveAccountObject(context, "WAREHOUSE", name));
    case "DATABASE": {
      if (name) return ofObject("DATABASE", resolveDatabase(context, nameParts(context, name)[0] as string));
      const current = currentContainer(context, "DATABASE", context.namespace.databaseId);
      return ofObject("DATABASE", current);
    }
    case "SCHEMA":
      return ofObject(
        "SCHEMA",
        name ? resolveSchema(context, name) : currentContainer(context, "SCHEMA", context.namespace.schemaId),
      );
    case "TABLE":
      if (!name) break;
      return ofObject("TABLE", resolveRelation(context, name, "SHOW PARAMETERS", "Table"));
    case "TASK":
      if (!name) break;
      return ofObject("TASK", resolveSchemaObject(context, "TASK", name));
    case "PROCEDURE":
    case "FUNCTION": {
      if (!name) break;
      const argumentTypes = statement.in?.argumentTypes ?? statement.grants?.argumentTypes;
      return ofObject(type, resolveTarget(context, type, name, argumentTypes, "SHOW PARAMETERS"));
    }
  }
  throw unsupportedFeature(`SHOW PARAMETERS IN ${type}`);
}

function currentContainer(
  context: ExecutionContext,
  kind: ObjectKind & ("DATABASE" | "SCHEMA"),
  id: number | null,
): ObjectDoc {
  const doc = id === null ? undefined : context.catalogue.get(kind, id);
  if (!doc || doc.droppedOn !== undefined) throw noCurrentDatabase("SHOW PARAMETERS");
  return doc;
}
