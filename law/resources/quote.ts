import type { Inputs } from "./inputs";

/** An identifier as the provider writes it: always in double quotes, case kept; quotes that it has already are its own. */
export const quote = (name: string): string => `"${name.replace(/^"+|"+$/g, "").replaceAll('"', '""')}"`;

export const literal = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** What stands for a name that Pulumi makes up itself: no lawful object has it. */
const AUTONAMED = "(named by Pulumi)";

/** `database.schema.name`; parts that are not known are left out, so the name counts as governed. */
export function schemaObject(inputs: Inputs): string {
  const parts = [inputs.text("database"), inputs.text("schema"), inputs.text("name") ?? AUTONAMED];
  return parts
    .filter((part) => part !== undefined)
    .map(quote)
    .join(".");
}

/** The property by which an object says on which warehouse it runs, when it says so. */
export const runsOn = (property: string, warehouse: string | undefined): string =>
  warehouse === undefined ? "" : ` ${property} = ${quote(warehouse)}`;

export const accountObject = (inputs: Inputs): string => quote(inputs.text("name") ?? AUTONAMED);

/** A name that a resource refers to: `"D"."S"."N"` as the provider prints it, or `D.S.N`; taken as it is when it is quoted already. */
export const reference = (name: string): string => (name.includes('"') ? name : name.split(".").map(quote).join("."));
