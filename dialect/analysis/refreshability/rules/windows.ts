import type { WindowFrame } from "../../../ast/index";
import type { RefreshRule } from "../reason";

const RANKS = new Set(["RANK", "DENSE_RANK", "PERCENT_RANK"]);

export const windows: RefreshRule = (report) => ({
  FunctionCall(call) {
    const name = call.name.parts.at(-1)?.value ?? "";
    const frame = call.over?.frame;
    if (!RANKS.has(name) || frame === undefined || !slides(frame)) return;
    report(frame, {
      construct: "Sliding window frame",
      message: `${name} with a sliding window frame does not refresh incrementally.`,
      fix: `Leave the frame out: ${name} ranks the whole partition.`,
    });
  },
});

function slides({ start, end }: WindowFrame): boolean {
  return start.offset !== undefined || end?.offset !== undefined || start.type === "CURRENT ROW";
}
