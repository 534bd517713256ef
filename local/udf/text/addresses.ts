import { BOOLEAN, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { toCanonical } from "../json/canonical";
import { type JsonNode, NumberNode, ObjectNode } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";

const object = (entries: [string, JsonNode][]): string => toCanonical(new ObjectNode(new Map(entries)));
const numeric = (value: number | bigint): NumberNode => new NumberNode(String(value));

class ParseFault extends Error {}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/parse_url */
function parseUrl(text: string): string {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  if (!scheme) throw new ParseFault("scheme not specified");
  let rest = text.slice(scheme[0].length);
  const cut = (mark: string): string | null => {
    const at = rest.indexOf(mark);
    if (at < 0) return null;
    const tail = rest.slice(at + 1);
    rest = rest.slice(0, at);
    return tail;
  };
  const fragment = cut("#");
  const query = cut("?");
  let host: string | null = null;
  let port: string | null = null;
  let path = rest;
  if (rest.startsWith("//")) {
    const slash = rest.indexOf("/", 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    path = slash < 0 ? "" : rest.slice(slash + 1);
    const found = /^(.*?)(?::(\d*))?$/.exec(authority) as RegExpExecArray;
    host = found[1] as string;
    port = found[2] ? found[2] : null;
  }
  const parameters =
    query === null
      ? null
      : new ObjectNode(
          new Map(
            query
              .split("&")
              .filter((pair) => pair !== "")
              .map((pair): [string, JsonNode] => {
                const at = pair.indexOf("=");
                return at < 0 ? [decoded(pair), null] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
              }),
          ),
        );
  return object([
    ["fragment", fragment],
    ["host", host],
    ["parameters", parameters],
    ["path", path],
    ["port", port],
    ["query", query],
    ["scheme", (scheme[1] as string).toLowerCase()],
  ]);
}

function ipv4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) <= 255)) return null;
  return parts.reduce((sum, p) => sum * 256n + BigInt(p), 0n);
}

/** The last four bytes may be written as an IPv4 address. */
function ipv6(given: string): bigint | null {
  const dual = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(given);
  const four = dual ? ipv4(dual[2] as string) : 0n;
  if (four === null) return null;
  const text = dual ? `${dual[1]}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}` : given;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const groups = (half: string): string[] => (half === "" ? [] : half.split(":"));
  const [head, tail] = [groups(halves[0] as string), groups(halves[1] ?? "")];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array<string>(missing).fill("0"), ...tail];
  if (!all.every((g) => /^[0-9a-f]{1,4}$/i.test(g))) return null;
  return all.reduce((sum, g) => sum * 65536n + BigInt(`0x${g}`), 0n);
}

/** The addresses from `low` to `high`, of 32 or 128 bits. */
export interface AddressRange {
  width: 32 | 128;
  low: bigint;
  high: bigint;
}

/** One address, or all that share its first bits (`192.0.2.1/24`); null for what is none. */
export function addressRange(text: string): AddressRange | null {
  const [host = "", prefix, ...more] = text.split("/");
  const four = ipv4(host);
  const value = four ?? ipv6(host);
  const width = four === null ? 128 : 32;
  const length = Number(prefix ?? width);
  if (value === null || more.length > 0 || !/^\d{1,3}$/.test(prefix ?? "0") || length > width) return null;
  const span = (1n << BigInt(width - length)) - 1n;
  const low = value - (value & span);
  return { width, low, high: low + span };
}

const IPV4_WITHIN = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g;

/** The addresses that stand in a text among other characters. */
export function addressesIn(text: string): AddressRange[] {
  return text.split(/[^0-9A-Fa-f.:]+/).flatMap((chunk) => {
    const written = [chunk, chunk.replace(/^[.:]+|[.:]+$/g, ""), ...(chunk.match(IPV4_WITHIN) ?? [])];
    const found = written.map(addressRange).find((range) => range !== null);
    return found ? [found] : [];
  });
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/parse_ip */
function parseIp(text: string, type: string): string {
  const kind = type.toLowerCase();
  if (kind !== "inet" && kind !== "cidr")
    throw new SnowflakeError("100085", "22000", `Invalid type for PARSE_IP: '${type}'; expected 'INET' or 'CIDR'`);
  const [host = "", prefix] = text.trim().split("/") as [string, string?];
  const four = ipv4(host);
  const value = four ?? ipv6(host);
  const width = four === null ? 128 : 32;
  const length = prefix === undefined ? undefined : Number(prefix);
  if (value === null || (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) || (length ?? 0) > width)
    throw new ParseFault(`parse error for input '${text}'`);
  const span = length === undefined ? undefined : (1n << BigInt(width - length)) - 1n;
  const low = span === undefined ? undefined : value - (value & span);
  const words = four === null ? [96n, 64n, 32n, 0n].map((s) => (value >> s) & 0xffffffffn) : [value, 0n, 0n, 0n];
  const hex = (n: bigint): string => n.toString(16).toUpperCase().padStart(32, "0");
  const entries: [string, JsonNode][] = [
    ["family", numeric(four === null ? 6 : 4)],
    ["host", host],
    ["ip_fields", words.map(numeric)],
    ["ip_type", kind],
    ["snowflake$type", "ip_address"],
    four === null ? ["hex_ipv6", hex(value)] : ["ipv4", numeric(value)],
  ];
  if (length !== undefined && low !== undefined && span !== undefined) {
    entries.push(["netmask_prefix_length", numeric(length)]);
    if (four === null) entries.push(["hex_ipv6_range_start", hex(low)], ["hex_ipv6_range_end", hex(low + span)]);
    else entries.push(["ipv4_range_start", numeric(low)], ["ipv4_range_end", numeric(low + span)]);
  }
  return object(entries);
}

/** A fault is an error, or with `permissive` an object that tells it. */
function guarded(parse: () => string, permissive: boolean, code: string, what: string): string {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ParseFault)) throw error;
    if (permissive) return object([["error", error.message]]);
    throw new SnowflakeError(code, "22000", `Error parsing ${what}: ${error.message}`);
  }
}

export const addressFunctions: EngineFunction[] = [
  {
    name: "sf_parse_url",
    parameters: [VARCHAR, BOOLEAN],
    returns: JSON_TYPE,
    compute: (text: string, permissive: boolean) => guarded(() => parseUrl(text), permissive, "100139", "URL"),
  },
  {
    name: "sf_parse_ip",
    parameters: [VARCHAR, VARCHAR, BOOLEAN],
    returns: JSON_TYPE,
    compute: (text: string, type: string, permissive: boolean) =>
      guarded(() => parseIp(text, type), permissive, "100140", "IP"),
  },
];
