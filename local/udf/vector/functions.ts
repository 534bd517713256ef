import { BOOLEAN, DOUBLE, DuckDBListValue, INTEGER, LIST } from "@duckdb/node-api";
import { notAVector, SnowflakeError } from "../../errors";
import { fromCanonical } from "../json/canonical";
import { type JsonNode, NumberNode, parseDouble, TaggedNode } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";

/** An element as the nearest number of 32 bits; integers beyond them wrap around. */
function element(node: JsonNode, isInt: boolean): number {
  const isDouble = node instanceof TaggedNode && node.tag === "D";
  if (node instanceof NumberNode && isInt && !node.text.includes("."))
    return Number(BigInt.asIntN(32, BigInt(node.text)));
  if (!isInt && (node instanceof NumberNode || isDouble))
    return Math.fround(node instanceof NumberNode ? Number(node.text) : parseDouble(node.text));
  const [kind, wanted] = isInt ? ["integer", "integers"] : ["float", "real numbers"];
  throw new SnowflakeError(
    "100353",
    "22000",
    `Array-like value being cast to a ${kind} vector has elements that are not ${wanted}`,
  );
}

export const vectorFunctions: EngineFunction[] = [
  {
    name: "sf_vector",
    parameters: [JSON_TYPE, INTEGER, BOOLEAN],
    returns: LIST(DOUBLE),
    compute: (stored: string, dimension: number, isInt: boolean) => {
      const node = fromCanonical(stored);
      if (node === null) return null;
      if (!Array.isArray(node) || node.length !== dimension) throw notAVector();
      return new DuckDBListValue(node.map((item) => element(item, isInt)));
    },
  },
];
