import { BIGINT, BOOLEAN, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { fromCanonical, toCanonical } from "../json/canonical";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { CONTENT, NAME, parseXml } from "./parse";
import { isElement, printElement } from "./print";
import { typedElement } from "./typedElement";

export const xmlFunctions: EngineFunction[] = [
  {
    name: "sf_parse_xml",
    parameters: [VARCHAR, BOOLEAN],
    returns: JSON_TYPE,
    compute: (text: string, keepsText: boolean) => {
      try {
        const element = parseXml(text, keepsText);
        return element === undefined ? null : toCanonical(element);
      } catch (error) {
        throw new SnowflakeError("100100", "22P02", `Error parsing XML: ${(error as Error).message}`);
      }
    },
  },
  {
    name: "sf_check_xml",
    parameters: [VARCHAR],
    returns: VARCHAR,
    compute: (text: string) => {
      try {
        parseXml(text, true);
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    },
  },
  {
    name: "sf_to_xml",
    parameters: [JSON_TYPE],
    returns: VARCHAR,
    compute: (stored: string) => {
      const node = fromCanonical(stored);
      return isElement(node) ? printElement(node, 0) : typedElement(node);
    },
  },
  {
    // The n-th element of a name, from 0, directly within another one.
    name: "sf_xmlget",
    parameters: [JSON_TYPE, VARCHAR, BIGINT],
    returns: JSON_TYPE,
    compute: (stored: string, name: string, instance: bigint) => {
      const node = fromCanonical(stored);
      if (!isElement(node) || instance < 0n) return null;
      const content = node.entries.get(CONTENT) ?? null;
      const items = Array.isArray(content) ? content : [content];
      const found = items.filter((item) => isElement(item) && item.entries.get(NAME) === name)[Number(instance)];
      return found === undefined ? null : toCanonical(found);
    },
  },
];
