import { type DataType, FLOAT, number, physicalType } from "../../types/dataType";
import { bound } from "../bound";
import type { Settings } from "../settings";
import { once } from "../sql";
import { toVariant } from "./variant";

type VectorType = DataType & { kind: "VECTOR" };

/** A stored ARRAY as a vector: as many numbers as it has dimensions. */
export const vectorFromArray = (sql: string, type: VectorType): string =>
  `sf_vector(${sql}, ${type.dimension}, ${type.element === "INT"})::${physicalType(type)}`;

/** The elements as numbers of an ARRAY. */
export function arrayFromVector(sql: string, type: VectorType, settings: Settings): string {
  const item = type.element === "INT" ? bound("e::DECIMAL(10,0)", number(10, 0)) : bound("e::DOUBLE", FLOAT);
  return once(
    sql,
    (x) => `CASE WHEN ${x} IS NOT NULL THEN to_json(list_transform(${x}, lambda e: ${toVariant(item, settings)})) END`,
  );
}
