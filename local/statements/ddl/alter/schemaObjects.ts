import { type AlterAction, type Expression, parseExpression } from "../../../../dialect/index";
import type {
  FileFormatDoc,
  FunctionDoc,
  ObjectDoc,
  ProcedureDoc,
  SequenceDoc,
  StageDoc,
  StreamDoc,
  TagDoc,
} from "../../../catalogue/model";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { refreshDirectory } from "../../../stages/index";
import { createEngineSequence, nextValues } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { readFileFormat, readStage } from "../schemaObjects/stage";
import { Properties } from "../support/properties";
import { textOf } from "../support/values";
import { commonChanges, unsetCommon } from "./common";
import type { AlterOutcome } from "./index";

type Routine = ProcedureDoc | FunctionDoc;

async function alterRoutine(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: Routine,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (changes: Partial<Routine>): AlterOutcome => ({
    doc: unit.catalogue.update<ObjectDoc>(doc, changes as Partial<ObjectDoc>),
  });
  switch (action.kind) {
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const changes: Partial<Routine> = {};
      if (properties.has("SECURE")) changes.secure = true;
      Object.assign(changes, commonChanges(doc, properties));
      properties.finish(doc.kind);
      return put(changes);
    }
    case "UnsetProperties":
      return put(unsetCommon(doc, action.names, { SECURE: { secure: undefined } }) as Partial<Routine>);
    case "Action":
      switch (action.action) {
        case "SET SECURE":
          return put({ secure: true });
        case "UNSET SECURE":
          return put({ secure: undefined });
        case "EXECUTE AS OWNER":
        case "EXECUTE AS CALLER":
          if (doc.kind !== "PROCEDURE") return undefined;
          return put({ executeAs: action.action === "EXECUTE AS OWNER" ? "OWNER" : "CALLER" } as Partial<Routine>);
        default:
          return undefined;
      }
    default:
      return undefined;
  }
}

export const alterProcedure: (
  ...args: [ExecutionContext, WriteUnit, ProcedureDoc, AlterAction]
) => Promise<AlterOutcome | undefined> = alterRoutine;
export const alterFunction: (
  ...args: [ExecutionContext, WriteUnit, FunctionDoc, AlterAction]
) => Promise<AlterOutcome | undefined> = alterRoutine;

export async function alterSequence(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: SequenceDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind !== "SetProperties") return undefined;
  const properties = new Properties(context, action.properties);
  const changes: Partial<SequenceDoc> = {};
  const increment = properties.integer("INCREMENT") ?? properties.integer("INCREMENT BY");
  if (increment !== undefined) changes.increment = increment;
  if (properties.has("ORDER")) changes.ordered = true;
  if (properties.has("NOORDER")) changes.ordered = false;
  Object.assign(changes, commonChanges(doc, properties));
  properties.finish(doc.kind);
  if (increment !== undefined) {
    // As documented the next value is worked out already: the new interval counts from there.
    const next = (await nextValues({ query: (sql) => unit.read(sql) })).get(doc.id) ?? BigInt(doc.start);
    await createEngineSequence(unit, doc.id, next, increment);
  }
  return { doc: unit.catalogue.update<SequenceDoc>(doc, changes) };
}

export async function alterStage(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: StageDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind === "Action" && action.action === "REFRESH") {
    if (doc.url !== undefined) throw unsupportedFeature("ALTER STAGE … REFRESH of an external stage");
    const { files, columns, rows } = await refreshDirectory(context, doc, action.properties);
    const directory = { enable: true, autoRefresh: doc.directory?.autoRefresh, files };
    return { doc: unit.catalogue.update<StageDoc>(doc, { directory }), result: { columns, rows } };
  }
  if (action.kind !== "SetProperties") return undefined;
  const properties = new Properties(context, action.properties);
  const changes = { ...readStage(context, properties, doc.name, doc), ...commonChanges(doc, properties) };
  properties.finish(doc.kind);
  return { doc: unit.catalogue.update<StageDoc>(doc, changes as Partial<StageDoc>) };
}

export async function alterFileFormat(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: FileFormatDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind !== "SetProperties") return undefined;
  const changes = readFileFormat(new Properties(context, action.properties), doc);
  return { doc: unit.catalogue.update<FileFormatDoc>(doc, changes) };
}

export async function alterStream(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: StreamDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind !== "SetProperties") return undefined;
  const properties = new Properties(context, action.properties);
  const appendOnly = properties.boolean("APPEND_ONLY");
  if (appendOnly === true && doc.mode !== "APPEND_ONLY") throw unsupportedFeature("ALTER STREAM … SET APPEND_ONLY");
  const changes = commonChanges(doc, properties);
  properties.finish(doc.kind);
  return { doc: unit.catalogue.update<ObjectDoc>(doc, changes) };
}

export async function alterTag(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: TagDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  const put = (allowedValues: string[] | undefined): AlterOutcome => ({
    doc: unit.catalogue.update<TagDoc>(doc, { allowedValues }),
  });
  if (action.kind === "UnsetProperties" && action.names.includes("ALLOWED_VALUES")) return put(undefined);
  if (action.kind !== "UnmodelledAction") return undefined;
  if (action.words === "ADD ALLOWED_VALUES") {
    return put([...new Set([...(doc.allowedValues ?? []), ...listedTexts(context, action)])]);
  }
  if (action.words === "DROP ALLOWED_VALUES") {
    const gone = new Set(listedTexts(context, action));
    return put(doc.allowedValues?.filter((value) => !gone.has(value)));
  }
  return undefined;
}

/** The texts behind the words of an action, `'a', 'b'`. */
function listedTexts(context: ExecutionContext, { words, text }: { words: string; text: string }): string[] {
  const list = parseExpression(`LIST(${text.slice(words.length)}\n)`);
  if (list.kind !== "FunctionCall") throw unsupportedFeature(`ALTER TAG … ${words}`);
  return list.args.map((argument) => textOf(context, argument as Expression, words));
}
