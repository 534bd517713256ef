import type { ResourceReader } from "./judged";
import { literal, quote, reference, schemaObject } from "./quote";

/** `snowflake.Tag` is no table; but its masking policies go wherever the tag goes. */
export const tag: ResourceReader = (inputs) => {
  const policies = inputs.texts("maskingPolicies").map((name) => `MASKING POLICY ${reference(name)}`);
  return policies.length === 0 ? [] : [{ sql: `ALTER TAG ${schemaObject(inputs)} SET ${policies.join(", ")}` }];
};

/** `snowflake.TagAssociation`: on each of its objects; only of tables and what holds them does it matter which tag they have. */
export const tagAssociation: ResourceReader = (inputs) => {
  const type = inputs.text("objectType")?.toUpperCase() ?? "";
  const name = inputs.text("tagId");
  const objects = inputs.texts("objectIdentifiers");
  if (name === undefined) return [];
  const tagged = `SET TAG ${reference(name)} = ${literal(inputs.text("tagValue") ?? "")}`;
  if (type === "ACCOUNT") return [{ sql: `ALTER ACCOUNT ${tagged}` }];
  if (type === "COLUMN") return objects.map((object) => ({ sql: `${ofColumn(object)} ${tagged}` }));
  return /^(DATABASE|SCHEMA|.*\bTABLE)$/.test(type)
    ? objects.map((object) => ({ sql: `ALTER ${type} ${reference(object)} ${tagged}` }))
    : [];
};

/** `"D"."S"."T"."C"` */
function ofColumn(object: string): string {
  const [, table = object, column = "C"] = /^(.*)\.("(?:[^"]|"")+"|[^".]+)$/.exec(object) ?? [];
  return `ALTER TABLE ${reference(table)} MODIFY COLUMN ${quote(column)}`;
}
