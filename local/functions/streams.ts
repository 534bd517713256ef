import { parseObjectName } from "../../dialect/index";
import type { StreamDoc } from "../catalogue/model";
import { doesNotExistOrNotAuthorized } from "../errors";
import { resolvePlace } from "../names/resolve";
import { isVisible } from "../privileges/index";
import { streamRelation } from "../streams/index";
import { constantText } from "../translate/bound";
import { BOOLEAN, number } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** The stream that a text argument names. */
function streamNamed(call: Call): StreamDoc {
  const { context } = call.binder;
  const text = constantText(call.arg(0));
  if (text === undefined)
    throw call.error("001015", "22023", `${call.name} expects the name of a stream as a constant`);
  const name = parseObjectName(text);
  if (name?.kind !== "ObjectName") throw doesNotExistOrNotAuthorized("Stream", text);
  const place = resolvePlace(context, name, call.name);
  const stream = context.catalogue.find("STREAM", place.schema.id, place.name);
  if (!stream || !isVisible(context, stream)) throw doesNotExistOrNotAuthorized("Stream", text);
  return stream;
}

export const streamFunctions: FunctionTable = {
  SYSTEM$STREAM_HAS_DATA: scalar(
    1,
    1,
    (call) => {
      const { sql } = streamRelation(call.binder.context, streamNamed(call));
      return call.result(`EXISTS (SELECT 1 FROM ${sql} AS changes)`, BOOLEAN, false);
    },
    { volatile: true },
  ),
  /** Nanoseconds of the offset. */
  SYSTEM$STREAM_GET_TABLE_TIMESTAMP: scalar(
    1,
    1,
    (call) => call.result(`${BigInt(streamNamed(call).offset) * 1000n}::DECIMAL(38,0)`, number(38, 0), false),
    { volatile: true },
  ),
};
