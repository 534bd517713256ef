/** `C:\sql\a.sql`, `\\server\share\a.sql`, `sql\a.sql`: a path as Windows writes it. A backslash beside slashes is part of a name. */
const WINDOWS = /^[A-Za-z]:[\\/]|^\\\\|^[^/]*\\[^/]*$/;

/** The path with slashes, as reports that other programs read have it. */
export const slashed = (path: string): string => (WINDOWS.test(path) ? path.replaceAll("\\", "/") : path);

/** The path as a reference to the file: absolute ones as `file:` addresses, others relative to where the law was asked. */
export function pathUri(path: string): string {
  const parts = slashed(path).split("/");
  const drive = /^[A-Za-z]:$/.test(parts[0] ?? "") ? parts.shift() : undefined;
  const encoded = parts.map(encodeURIComponent).join("/");
  if (drive !== undefined) return `file:///${drive}/${encoded}`;
  if (encoded.startsWith("//")) return `file:${encoded}`;
  return encoded.startsWith("/") ? `file://${encoded}` : encoded;
}
