/** A LIKE pattern of SHOW: `%` and `_`, backslash takes the meaning away, case does not matter. */
export function showPattern(pattern: string): (name: string) => boolean {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    if (c === "\\" && i + 1 < pattern.length)
      source += (pattern[++i] as string).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    else if (c === "%") source += "[\\s\\S]*";
    else if (c === "_") source += "[\\s\\S]";
    else source += c.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  }
  const expression = new RegExp(`^${source}$`, "iu");
  return (name) => expression.test(name);
}
