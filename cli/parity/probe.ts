/** One feature of Snowflake, tried out on the embedded server. */
export interface Probe {
  feature: string;
  /** The test file that holds it in depth. */
  witness: string;
  /**
   * Run in order in an empty schema P.S with a running warehouse. A pair also says what the statement answers: rows separated
   * by `; `, values by blanks.
   */
  sql: readonly (string | readonly [sql: string, answer: string])[];
  /** Where the answer is right but not all of it: what differs. */
  note?: string;
}

export interface Area {
  title: string;
  probes: readonly Probe[];
}

export const probe = (feature: string, witness: string, ...sql: Probe["sql"]): Probe => ({ feature, witness, sql });
