import type { CreateSequence } from "../../../../dialect/index";
import type { SequenceDoc } from "../../../catalogue/model";
import { compilationError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { parameter } from "../../../parameters/effective";
import { createEngineSequence } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { Properties } from "../support/properties";
import { createInSchema } from "./place";

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

export const createSequence = (context: ExecutionContext, statement: CreateSequence): Promise<StatementResult> =>
  createInSchema(context, statement, "SEQUENCE", () => ({
    draft() {
      const properties = new Properties(context, statement.properties);
      const draft = { ...readSequence(context, properties), comment: properties.text("COMMENT") };
      properties.finish();
      return draft;
    },
    after: storeNextValue,
  }));
