import type { DataType as ArrowType, Data } from "apache-arrow";
import type { ResultColumn, Row } from "../execution/result";
import { type DataType, MAX_VARCHAR_LENGTH } from "../types/dataType";
import { wireFacts } from "../types/rowType";
import { ArrowSchemas } from "./arrowSchemas";
import {
  decfloats,
  fixedWidth,
  integers,
  intervals,
  isShortZoned,
  type Library,
  nullsOf,
  texts,
  timestamps,
} from "./arrowVectors";

let library: Promise<{ arrow: Library; schemas: ArrowSchemas }> | undefined;

/**
 * Rows in wire encoding as an Arrow IPC stream, with the physical types and the field metadata by which Snowflake's
 * drivers know its types. Source: the converters of snowflake-connector-python, nanoarrow_cpp/ArrowIterator.
 */
export async function arrowStream(columns: readonly ResultColumn[], rows: readonly Row[]): Promise<Uint8Array> {
  // Loaded when the first driver wants it: it costs a fifth of a second.
  library ??= import("apache-arrow").then((arrow) => ({ arrow, schemas: new ArrowSchemas(arrow) }));
  const { arrow, schemas } = await library;
  const children = columns.map(({ type, source, isPlain }, i) =>
    vectorOf(
      arrow,
      type,
      rows.map((row) => row[i] ?? null),
      source !== undefined || isPlain === true,
    ),
  );
  const described = columns.map(({ name, type, nullable }, i) => [name, type, nullable, String(children[i]?.type)]);
  const schema = schemas.of(JSON.stringify(described), () => {
    const fields = columns.map(
      ({ name, type, nullable }, i) =>
        new arrow.Field(name, children[i]?.type as ArrowType, nullable, metadataOf(type)),
    );
    return new arrow.Schema(fields);
  });
  const { length } = rows;
  const type = new arrow.Struct(schema.fields);
  const whole = new arrow.RecordBatch(schema, arrow.makeData({ type, length, nullCount: 0, children }) as never);
  // The library announces padding as data. Drivers would take a padded word for one more offset of a text, and refuse it;
  // an odd number of rows has an even number of offsets, which needs no padding.
  return schemas.stream(length % 2 === 1 ? [whole] : [whole.slice(0, length - 1), whole.slice(length - 1)]);
}

/** What a field says of its Snowflake type. */
function metadataOf(type: DataType): Map<string, string> {
  const { type: logical, precision, scale, length, byteLength: size } = wireFacts(type);
  const byteLength =
    type.kind === "TIMESTAMP_TZ" ? (isShortZoned(type) ? 8 : 16) : (size ?? length ?? MAX_VARCHAR_LENGTH);
  return new Map([
    ["logicalType", logical.toUpperCase()],
    ["precision", String(precision ?? 38)],
    ["scale", String(scale ?? 0)],
    ["charLength", String(length ?? 0)],
    ["byteLength", String(byteLength)],
    ["finalType", "T"],
  ]);
}

function vectorOf(arrow: Library, type: DataType, cells: (string | null)[], isStored: boolean): Data {
  switch (type.kind) {
    case "NUMBER":
      return integers(arrow, cells, type, isStored);
    case "FLOAT":
      return fixedWidth(arrow, new arrow.Float64(), cells, Float64Array, realOf);
    case "DECFLOAT":
      return decfloats(arrow, cells);
    case "INTERVAL":
      return intervals(arrow, cells, type);
    case "DATE":
      return fixedWidth(arrow, new arrow.DateDay(), cells, Int32Array, Number);
    case "BOOLEAN": {
      const data = new Uint8Array(Math.ceil(cells.length / 8));
      cells.forEach((cell, i) => {
        if (cell === "1") data[i >> 3] = (data[i >> 3] ?? 0) | (1 << (i & 7));
      });
      return arrow.makeData({ type: new arrow.Bool(), length: cells.length, ...nullsOf(cells), data });
    }
    case "TIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return timestamps(arrow, cells, type);
    case "BINARY":
      return texts(arrow, new arrow.Binary(), cells, "hex");
    case "VECTOR": {
      const numbers = cells.flatMap((cell) =>
        cell === null ? new Array<number>(type.dimension).fill(0) : cell.slice(1, -1).split(",").map(Number),
      );
      const isInt = type.element === "INT";
      const child = arrow.makeData({
        type: isInt ? new arrow.Int32() : new arrow.Float32(),
        length: numbers.length,
        nullCount: 0,
        data: isInt ? Int32Array.from(numbers) : Float32Array.from(numbers),
      } as never) as Data;
      const element = new arrow.Field(
        "element",
        child.type,
        false,
        new Map([["logicalType", isInt ? "FIXED" : "REAL"]]),
      );
      return arrow.makeData({
        type: new arrow.FixedSizeList(type.dimension, element),
        length: cells.length,
        ...nullsOf(cells),
        child: child as never,
      });
    }
    case "VARCHAR":
    case "NULL":
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return texts(arrow, new arrow.Utf8(), cells, "utf8");
  }
}

const realOf = (text: string): number =>
  text === "inf" ? Number.POSITIVE_INFINITY : text === "-inf" ? Number.NEGATIVE_INFINITY : Number(text);
