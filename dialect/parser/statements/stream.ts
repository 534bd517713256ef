import type { CreateStream } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { acceptTimeTravel } from "../query/timeTravel";
import { parseStage } from "../stages";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";

const SOURCES = [
  "EXTERNAL TABLE",
  "DYNAMIC TABLE",
  "EVENT TABLE",
  "TABLE",
  "VIEW",
  "STAGE",
] as const satisfies CreateStream["onType"][];

/** https://docs.snowflake.com/en/sql-reference/sql/create-stream */
export function parseCreateStream(cursor: Cursor, head: CreateHead): CreateStream {
  const stream: CreateStream = {
    kind: "CreateStream",
    ...parseCreateStart(cursor, head),
    onType: "TABLE",
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  while (acceptClause(cursor, stream));
  if (stream.on === undefined && stream.clone === undefined) throw cursor.unexpected();
  stream.span = cursor.span(head.start);
  return stream;
}

function acceptClause(cursor: Cursor, stream: CreateStream): boolean {
  if (stream.on === undefined && stream.clone === undefined) {
    const clone = acceptClone(cursor);
    if (clone !== undefined) {
      stream.clone = clone;
      return true;
    }
    if (cursor.accept("ON")) {
      if (cursor.isSequence("DIRECTORY", "(")) return parseOnDirectory(cursor, stream);
      const onType = SOURCES.find((words) => cursor.acceptSequence(...words.split(" ")));
      if (onType === undefined) throw cursor.unexpected([...SOURCES]);
      stream.onType = onType;
      stream.on = cursor.name();
      const timeTravel = acceptTimeTravel(cursor);
      if (timeTravel !== undefined) stream.timeTravel = timeTravel;
      return true;
    }
  }
  const flag = acceptFlag(cursor, "COPY GRANTS") ?? acceptComment(cursor);
  const property = flag ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
  if (property === undefined) return acceptGovernance(cursor, stream);
  stream.properties.push(property);
  return true;
}

/** `ON DIRECTORY(@stage)`, the older form of ON STAGE. */
function parseOnDirectory(cursor: Cursor, stream: CreateStream): boolean {
  cursor.next();
  const { stage } = cursor.parenthesized(() => parseStage(cursor));
  if (stage === undefined) throw cursor.unexpected(["a stage"]);
  stream.onType = "STAGE";
  stream.on = stage;
  return true;
}
