import type { CloneSource, CreateSequence } from "../../../../dialect/index";
import type { SequenceDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolveSchemaObject } from "../../../names/resolve";
import { parameter } from "../../../parameters/effective";
import { require as requirePrivilege } from "../../../privileges/index";
import { createEngineSequence } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { copySequenceValue } from "../support/clone";
import { Properties } from "../support/properties";
import { createInSchema, type SchemaObjectCreation } from "./place";

function readSequence(
  context: ExecutionContext,
  properties: Properties,
): { start: number; increment: number; ordered: boolean } {
  const start = properties.integer("START") ?? properties.integer("START WITH") ?? 1;
  const increment = properties.integer("INCREMENT") ?? properties.integer("INCREMENT BY") ?? 1;
  if (increment === 0) throw compilationError("001008", "22023", "Sequence increment must not be zero.");
  const unordered = properties.has("NOORDER") || parameter(context, "NOORDER_SEQUENCE_AS_DEFAULT") !== false;
  const ordered = properties.has("ORDER") || !unordered;
  return { start, increment, ordered };
}

/** The value that NEXTVAL gives next. */
export const storeNextValue = (
  unit: WriteUnit,
  sequence: Pick<SequenceDoc, "id" | "start" | "increment">,
): Promise<void> => createEngineSequence(unit, sequence.id, sequence.start, sequence.increment);

/** CREATE SEQUENCE. A clone goes on where the original stands, each for itself. */
export const createSequence = (context: ExecutionContext, statement: CreateSequence): Promise<StatementResult> =>
  createInSchema(context, statement, "SEQUENCE", () => {
    return statement.clone ? clone(context, statement.clone) : made(context, statement);
  });

function clone(context: ExecutionContext, { source, timeTravel }: CloneSource): SchemaObjectCreation<"SEQUENCE"> {
  if (timeTravel) throw unsupportedFeature("CREATE SEQUENCE … CLONE … AT | BEFORE");
  const original = resolveSchemaObject(context, "SEQUENCE", source, "CREATE SEQUENCE");
  requirePrivilege(context, "USAGE", original);
  const { start, increment, ordered, comment } = original;
  return {
    draft: () => ({ start, increment, ordered, comment }),
    after: (unit, copy) => copySequenceValue(unit, original, copy.id),
  };
}

const made = (context: ExecutionContext, statement: CreateSequence): SchemaObjectCreation<"SEQUENCE"> => ({
  draft() {
    const properties = new Properties(context, statement.properties);
    const draft = { ...readSequence(context, properties), comment: properties.text("COMMENT") };
    properties.finish("SEQUENCE");
    return draft;
  },
  after: storeNextValue,
});
