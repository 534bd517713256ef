import { InvalidArgumentError } from "commander";

/** Reads a port of a flag. */
export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError("A number from 0 to 65535 is expected.");
  return Number(text);
}
