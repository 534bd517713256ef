import { parseObjectName } from "../../dialect/index";

/** Names of database and schema in a user's default namespace, which is kept as printed: `DB."schema"`. */
export function namespaceParts(kept: string | undefined): string[] {
  if (!kept) return [];
  const name = parseObjectName(kept);
  return name.kind === "ObjectName" ? name.parts.map(({ value }) => value) : [];
}
