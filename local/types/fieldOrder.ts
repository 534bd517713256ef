import { type DataType, isStructured } from "./dataType";

/** Pieces of stored JSON text: the members of an object or array. */
function pieces(stored: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 1;
  for (let i = 1; i < stored.length - 1; i++) {
    const c = stored[i];
    if (c === '"') while (stored[++i] !== '"') if (stored[i] === "\\") i++;
    if (c === "{" || c === "[") depth++;
    if (c === "}" || c === "]") depth--;
    if (c === "," && depth === 0) {
      found.push(stored.slice(start, i));
      start = i + 1;
    }
  }
  if (stored.length > 2) found.push(stored.slice(start, -1));
  return found;
}

function keyAndValue(member: string): [string, string] {
  let end = 1;
  while (member[end] !== '"') end += member[end] === "\\" ? 2 : 1;
  return [JSON.parse(member.slice(0, end + 1)) as string, member.slice(end + 2)];
}

/** Stored JSON keeps keys sorted; a structured OBJECT shows them in the order of its type. */
export function inFieldOrder(stored: string, type: DataType): string {
  if (!isStructured(type) || stored === "null") return stored;
  if (type.kind === "ARRAY" && type.element) {
    const { type: of } = type.element;
    return isStructured(of)
      ? `[${pieces(stored)
          .map((item) => inFieldOrder(item, of))
          .join(",")}]`
      : stored;
  }
  if (type.kind !== "OBJECT") return stored;
  const members = pieces(stored).map(keyAndValue);
  if (type.map) {
    const { type: of } = type.map.value;
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${inFieldOrder(value, of)}`).join(",")}}`;
  }
  const byName = new Map(members);
  const shown = (type.fields ?? []).map(
    ({ name, type: of }) => `${JSON.stringify(name)}:${inFieldOrder(byName.get(name) ?? "null", of)}`,
  );
  return `{${shown.join(",")}}`;
}
