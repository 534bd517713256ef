/** The inputs of a resource, with a note of each one that was asked for and is not known yet. */
export class Inputs {
  readonly unknown: string[] = [];

  constructor(
    private readonly props: Record<string, unknown>,
    private readonly isUnknown: (value: unknown) => boolean,
  ) {}

  /** The provider fills in an empty text where none was given. */
  text(property: string): string | undefined {
    const value = this.read(property);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** A number, or the text of one: the provider takes both, and fills in -1 where none was given. */
  number(property: string): number | undefined {
    const value = this.read(property);
    const number = typeof value === "string" && value !== "" ? Number(value) : value;
    return typeof number === "number" && number !== -1 ? number : undefined;
  }

  flag(property: string): boolean | undefined {
    const value = this.read(property);
    if (typeof value === "boolean") return value;
    return value === "true" ? true : value === "false" ? false : undefined;
  }

  texts(property: string): string[] {
    const value = this.read(property);
    return Array.isArray(value)
      ? value.flatMap((item) =>
          typeof item !== "string" || this.isUnknown(item) ? this.noteUnknown(item, property) : [item],
        )
      : [];
  }

  /** A nested block of inputs, with the same notes. */
  block(property: string): Inputs | undefined {
    return this.blocks(property)[0];
  }

  /** A list of nested blocks, or the only one. */
  blocks(property: string): Inputs[] {
    const value = this.read(property);
    return (Array.isArray(value) ? value : [value]).flatMap((item) => {
      if (typeof item !== "object" || item === null) return this.noteUnknown(item, property);
      const inner = new Inputs(item as Record<string, unknown>, this.isUnknown);
      // One list for the whole resource: a nested unknown is an unknown of the resource.
      Object.defineProperty(inner, "unknown", { value: this.unknown });
      return [inner];
    });
  }

  private read(property: string): unknown {
    const value = this.props[property];
    return this.isUnknown(value) ? void this.noteUnknown(value, property) : value;
  }

  private noteUnknown(value: unknown, property: string): [] {
    if (this.isUnknown(value) && !this.unknown.includes(property)) this.unknown.push(property);
    return [];
  }
}
