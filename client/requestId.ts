import { createHash } from "node:crypto";

/**
 * A UUID (version 8) made from a text: the same text gives the same id on every machine and after every restart,
 * so that a batch that is sent again is recognised as the one that was sent before.
 */
export function requestIdOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((Number.parseInt(hex[16] as string, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
