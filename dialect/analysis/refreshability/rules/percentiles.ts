import { REFRESH_MODES, type RefreshRule } from "../reason";

const EXACT = new Set(["MEDIAN", "PERCENTILE_CONT", "PERCENTILE_DISC"]);

/** An exact percentile needs every row again when one changes. */
export const percentiles: RefreshRule = (report) => ({
  FunctionCall(call) {
    const name = call.name.parts.length === 1 ? (call.name.parts[0]?.value.toUpperCase() ?? "") : "";
    if (!EXACT.has(name)) return;
    report(call, {
      construct: "Exact percentile",
      message: `${name} needs all rows at every refresh and does not refresh incrementally.`,
      fix: "Use APPROX_PERCENTILE in the SELECT list where an estimate will do, or compute it in a view over the dynamic table.",
      page: REFRESH_MODES,
    });
  },
});
