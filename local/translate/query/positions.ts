import { compilationError } from "../../errors";

/** ORDER BY 7 or GROUP BY 7 where there are fewer columns. */
export const badPosition = (text: string) =>
  compilationError("000979", "42601", `Position ${text} is not in the select list`);
