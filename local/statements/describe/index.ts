import type { Describe, Name } from "../../../dialect/index";
import { INFORMATION_SCHEMA } from "../../catalogue/catalogue";
import type { ObjectDoc, TableDoc } from "../../catalogue/model";
import { invalidValue, unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { nameParts } from "../../names/parts";
import { resolveDatabase, resolvePlace, resolveRelation } from "../../names/resolve";
import type { SystemView } from "../../systemViews/contract";
import { systemView } from "../../systemViews/index";
import { evaluate, newBinder } from "../../translate/index";
import { resolveTarget } from "../ddl/support/target";
import { scalarOf } from "../ddl/support/values";
import { PIPES } from "../show/objects/pipes";
import { ALERTS, SEQUENCES, STREAMS, TASKS } from "../show/objects/schemaObjects";
import { runShow, type ShowTable } from "../show/table";
import { describeColumns, describeResult } from "./columns";
import { contentsResult, describeDatabase, describeSchema } from "./contents";
import { describeShare, describeStreamlit } from "./forOthers";
import { describeFileFormat, describeNetworkPolicy, describeStage, describeTableStage } from "./properties";
import { describeRoutine } from "./routine";
import {
  describeBodyPolicy,
  describeIntegration,
  describeNetworkRule,
  describePolicy,
  describeSecret,
} from "./settled";
import { describeUser } from "./user";

type Describer<D extends ObjectDoc> = (context: ExecutionContext, doc: D) => StatementResult | Promise<StatementResult>;

/** The object's row of SHOW. */
const asShown =
  <I>(table: ShowTable<I>, docOf: (item: I) => ObjectDoc): Describer<ObjectDoc> =>
  async (context, doc) => {
    const statement = {
      kind: "Show" as const,
      terse: false,
      objectType: doc.kind,
      history: false,
      options: [],
      span: { start: 0, end: 0 },
      in: { kind: "ShowScope" as const, type: "ACCOUNT", span: { start: 0, end: 0 } },
    };
    const shown = await runShow(context, statement, {
      ...table,
      items: async () => (await table.items(context, statement)).filter((item) => docOf(item).id === doc.id),
    });
    return shown;
  };

const itself = <D extends ObjectDoc>(doc: D): ObjectDoc => doc;

const DESCRIBERS: Record<string, Describer<never>> = {
  DATABASE: describeDatabase,
  SCHEMA: describeSchema,
  PROCEDURE: describeRoutine,
  FUNCTION: describeRoutine,
  USER: describeUser,
  STAGE: describeStage,
  "FILE FORMAT": describeFileFormat,
  "NETWORK POLICY": describeNetworkPolicy,
  "NETWORK RULE": describeNetworkRule,
  SECRET: describeSecret,
  "PASSWORD POLICY": describePolicy,
  "AUTHENTICATION POLICY": describePolicy,
  SHARE: describeShare,
  STREAMLIT: describeStreamlit,
  "MASKING POLICY": describeBodyPolicy,
  "ROW ACCESS POLICY": describeBodyPolicy,
  INTEGRATION: describeIntegration,
  "API INTEGRATION": describeIntegration,
  "STORAGE INTEGRATION": describeIntegration,
  "NOTIFICATION INTEGRATION": describeIntegration,
  "SECURITY INTEGRATION": describeIntegration,
  SEQUENCE: asShown(SEQUENCES, (item) => item.doc),
  STREAM: asShown(STREAMS, itself),
  PIPE: asShown(PIPES, itself),
  TASK: asShown(TASKS, itself),
  ALERT: asShown(ALERTS, itself),
  WAREHOUSE: (_context, doc: ObjectDoc) => contentsResult([doc]),
};

const RELATIONS = new Set(["TABLE", "VIEW", "MATERIALIZED VIEW", "DYNAMIC TABLE"]);

/** A view of some INFORMATION_SCHEMA, or of SNOWFLAKE.ACCOUNT_USAGE. */
function systemViewNamed(context: ExecutionContext, name: Name): SystemView | undefined {
  const parts = nameParts(context, name);
  const own = parts.at(-1);
  const { schemaId } = context.namespace;
  const schema = parts.length > 1 || schemaId === null ? parts.at(-2) : context.catalogue.get("SCHEMA", schemaId)?.name;
  if (!schema || !own) return undefined;
  if (parts.length === 1 && schema !== INFORMATION_SCHEMA) return undefined;
  if (parts.length === 3 && schema === INFORMATION_SCHEMA) resolveDatabase(context, parts[0] as string);
  if (schema === "ACCOUNT_USAGE" && parts[0] !== "SNOWFLAKE") return undefined;
  return systemView(schema, own);
}

/** DESCRIBE: any privilege on the object suffices. */
export async function describeStatement(context: ExecutionContext, statement: Describe): Promise<StatementResult> {
  const { objectType, name } = statement;
  if (objectType === "RESULT" && statement.result) {
    return describeResult(context, String((await evaluate(context, statement.result)).value));
  }
  if (!name) throw unsupportedFeature(`DESCRIBE ${objectType}`);
  if (RELATIONS.has(objectType)) {
    const ofStage = describesStage(context, statement);
    const system = systemViewNamed(context, name);
    if (system)
      return describeColumns(context, { kind: "VIEW", columns: system.columns.map((c, i) => ({ ...c, id: i + 1 })) });
    // DESCRIBE TABLE takes views and dynamic tables too.
    const doc =
      objectType === "TABLE"
        ? resolveRelation(context, name, "DESCRIBE", "Table")
        : resolveTarget(context, viewTypeOf(context, objectType, name), name, undefined, "DESCRIBE");
    if (ofStage) return describeTableStage(doc as TableDoc);
    return describeColumns(context, doc as Parameters<typeof describeColumns>[1]);
  }
  const describer = DESCRIBERS[objectType] as Describer<ObjectDoc> | undefined;
  if (!describer) throw unsupportedFeature(`DESCRIBE ${objectType}`);
  return describer(context, resolveTarget(context, objectType, name, statement.argumentTypes, "DESCRIBE"));
}

/** DESCRIBE VIEW takes materialized views too. */
function viewTypeOf(context: ExecutionContext, objectType: string, name: Name): string {
  if (objectType !== "VIEW") return objectType;
  const { schema, name: own } = resolvePlace(context, name, "DESCRIBE");
  const found = context.catalogue.relation(schema.id, own, context.session.id);
  return found?.kind === "MATERIALIZED_VIEW" ? "MATERIALIZED VIEW" : objectType;
}

/** `TYPE = STAGE` or `TYPE = COLUMNS`; the last one counts. Errors: 001008 for another. */
function describesStage(context: ExecutionContext, { properties }: Describe): boolean {
  const types: string[] = [];
  for (const { name, value } of properties) {
    if (name !== "TYPE" || !value) continue;
    const type = String(scalarOf(context, value));
    if (!/^(STAGE|COLUMNS)$/i.test(type)) throw invalidValue(newBinder(context).source(value.span), "TYPE");
    types.push(type.toUpperCase());
  }
  return types.at(-1) === "STAGE";
}
