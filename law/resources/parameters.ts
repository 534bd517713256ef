import type { ResourceReader } from "./judged";
import { literal, quote } from "./quote";

/** `snowflake.AccountParameter` and `snowflake.ObjectParameter`: ALTER … SET, such as a retention that is handed down. */
export const accountParameter: ResourceReader = (inputs) => {
  const key = inputs.text("key");
  const value = inputs.text("value");
  return key === undefined || value === undefined ? [] : [{ sql: `ALTER ACCOUNT SET ${assignment(key, value)}` }];
};

export const objectParameter: ResourceReader = (inputs) => {
  const key = inputs.text("key");
  const value = inputs.text("value");
  if (key === undefined || value === undefined) return [];
  if (inputs.flag("onAccount")) return [{ sql: `ALTER ACCOUNT SET ${assignment(key, value)}` }];
  const type = inputs.text("objectType");
  const object = inputs.block("objectIdentifiers");
  const parts = [object?.text("database"), object?.text("schema"), object?.text("name")].filter(
    (part) => part !== undefined,
  );
  if (type === undefined || parts.length === 0) return [];
  return [{ sql: `ALTER ${type.toUpperCase()} ${parts.map(quote).join(".")} SET ${assignment(key, value)}` }];
};

const assignment = (key: string, value: string): string =>
  `${key.toUpperCase()} = ${/^(\d+|TRUE|FALSE)$/i.test(value) ? value : literal(value)}`;
