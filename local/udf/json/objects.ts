import { BOOLEAN, type DuckDBListValue, LIST, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { fromCanonical, toCanonical } from "./canonical";
import { type JsonNode, NumberNode, ObjectNode, Undefined } from "./node";

const entriesOf = (stored: string): Map<string, JsonNode> => new Map((fromCanonical(stored) as ObjectNode).entries);

const duplicateKey = (key: string): SnowflakeError =>
  new SnowflakeError("100070", "22000", `Duplicate field key '${key}'`);

/** Functions that make OBJECTs of OBJECTs; an undefined value stands for SQL NULL. */
export const objectEngineFunctions: EngineFunction[] = [
  {
    name: "sf_object_insert",
    parameters: [JSON_TYPE, VARCHAR, JSON_TYPE, BOOLEAN],
    returns: JSON_TYPE,
    compute: (stored: string, key: string, value: string, update: boolean) => {
      const entries = entriesOf(stored);
      const node = fromCanonical(value);
      if (node instanceof Undefined) entries.delete(key);
      else if (entries.has(key) && !update) throw duplicateKey(key);
      else entries.set(key, node);
      return toCanonical(new ObjectNode(entries));
    },
  },
  {
    // Pairs of a key and stored JSON; those without a key are left out.
    name: "sf_map",
    parameters: [LIST(LIST(VARCHAR))],
    returns: JSON_TYPE,
    compute: (pairs: DuckDBListValue) => {
      const entries = new Map<string, JsonNode>();
      for (const pair of pairs.items as DuckDBListValue[]) {
        const [key, value] = pair.items as [string | null, string];
        if (key === null) continue;
        if (entries.has(key)) throw duplicateKey(key);
        entries.set(key, fromCanonical(value));
      }
      return toCanonical(new ObjectNode(entries));
    },
  },
  {
    name: "sf_map_entries",
    parameters: [JSON_TYPE, BOOLEAN],
    returns: JSON_TYPE,
    compute: (stored: string, isNumber: boolean) =>
      toCanonical(
        [...entriesOf(stored)].map(
          ([key, value]) =>
            new ObjectNode(
              new Map<string, JsonNode>([
                ["key", isNumber ? new NumberNode(key) : key],
                ["value", value],
              ]),
            ),
        ),
      ),
  },
  {
    name: "sf_object_merge",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (a: string, b: string) => toCanonical(new ObjectNode(new Map([...entriesOf(a), ...entriesOf(b)]))),
  },
  {
    name: "sf_object_without",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (stored: string, keys: string) => {
      const entries = entriesOf(stored);
      for (const key of fromCanonical(keys) as JsonNode[]) entries.delete(key as string);
      return toCanonical(new ObjectNode(entries));
    },
  },
  {
    name: "sf_object_delete",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (stored: string, keys: string) => {
      const deleted = new Set(fromCanonical(keys) as JsonNode[]);
      return toCanonical(new ObjectNode(new Map([...entriesOf(stored)].filter(([key]) => !deleted.has(key)))));
    },
  },
  {
    name: "sf_object_pick",
    parameters: [JSON_TYPE, JSON_TYPE],
    returns: JSON_TYPE,
    compute: (stored: string, keys: string) => {
      const entries = entriesOf(stored);
      const wanted = (fromCanonical(keys) as JsonNode[]).filter((key): key is string => typeof key === "string");
      const kept = wanted.flatMap((key): [string, JsonNode][] => {
        const value = entries.get(key);
        return value === undefined ? [] : [[key, value]];
      });
      return toCanonical(new ObjectNode(new Map(kept)));
    },
  },
  {
    name: "sf_get_ignore_case",
    parameters: [JSON_TYPE, VARCHAR],
    returns: JSON_TYPE,
    compute: (stored: string, key: string) => {
      const node = fromCanonical(stored);
      if (!(node instanceof ObjectNode)) return null;
      const exact = node.entries.get(key);
      const found = exact ?? [...node.entries].find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
      return found === undefined ? null : toCanonical(found);
    },
  },
  {
    name: "sf_object_of",
    parameters: [LIST(LIST(VARCHAR))],
    returns: JSON_TYPE,
    compute: (pairs: DuckDBListValue) => {
      const entries = new Map<string, JsonNode>();
      for (const pair of pairs.items as DuckDBListValue[]) {
        const [key, value] = pair.items as [string, string];
        if (entries.has(key)) throw duplicateKey(key);
        entries.set(key, fromCanonical(value));
      }
      return toCanonical(new ObjectNode(entries));
    },
  },
];
