export type ParityState = "works" | "partly" | "refused";

/** One feature of Snowflake, as a probe found the embedded server to treat it. */
export interface ParityFeature {
  name: string;
  state: ParityState;
  /** What the server said; empty when there is nothing to say. */
  said: string;
  /** The test that holds it in depth, as a path in the project. */
  test: string;
}

export interface ParityArea {
  title: string;
  features: ParityFeature[];
}
