import { bound } from "../translate/bound";
import { binary, type DataType, MAX_BINARY_LENGTH } from "../types/dataType";
import type { Call, FunctionEntry } from "./call";

const isText = (type: DataType): boolean => type.kind === "VARCHAR" || type.kind === "NULL";

/**
 * A function on texts that takes BINARY too and counts bytes then: every byte becomes a character, and a text that comes
 * out becomes bytes again. Texts and BINARY do not mix; of bytes it may need more arguments.
 */
export function alsoOfBytes(entry: FunctionEntry, fewest = 0): FunctionEntry {
  const bind = (call: Call) => {
    const isBytes = (i: number) => call.arg(i).type.kind === "BINARY";
    const [first] = call.args.map((_, i) => i).filter(isBytes);
    if (first === undefined) return entry.bind(call);
    if (call.count < fewest) call.fail();
    if (call.args.some(({ type, literal }) => type.kind === "VARCHAR" && literal?.kind !== "number")) call.fail();
    const args = call.args.map((arg) =>
      arg.type.kind === "BINARY"
        ? bound(`sf_bytes_text(${arg.sql})`, { kind: "VARCHAR", length: arg.type.length }, arg.nullable)
        : arg,
    );
    const result = entry.bind(call.reordered(call.node.args, args));
    if (!isText(result.type)) return result;
    const { type } = call.arg(first);
    const length = type.kind === "BINARY" ? type.length : MAX_BINARY_LENGTH;
    return bound(`sf_text_bytes(${result.sql})`, binary(length), result.nullable);
  };
  return { ...entry, bind };
}
