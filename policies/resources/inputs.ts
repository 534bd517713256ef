import { unknownValues } from "./unknownValues";

/** The inputs of a resource, with a note of each one that was asked for and is not known yet. */
export class Inputs {
  readonly unknown: string[] = [];

  constructor(private readonly props: Record<string, unknown>) {}

  text(property: string): string | undefined {
    const value = this.read(property);
    return typeof value === "string" ? value : undefined;
  }

  read(property: string): unknown {
    const value = this.props[property];
    if (!unknownValues.has(value)) return value;
    if (!this.unknown.includes(property)) this.unknown.push(property);
    return undefined;
  }
}
