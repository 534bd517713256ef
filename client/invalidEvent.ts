/** An event that breaks the rules; nothing of it was kept or sent. */
export class InvalidEventError extends Error {
  override name = "InvalidEventError";

  /** @param problems every problem, each as `field: what was found, what was expected` */
  constructor(readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? `The event is not valid: ${problems[0]}`
        : `The event has ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
}
