import { EventIntake, type IntakeOptions } from "./eventIntake";
import type { EventServices } from "./eventRoutes";
import { ProducerTokens } from "./producerToken";

const DEFAULT_MAX_BODY_BYTES = 4 << 20;

/** Opens the spool and makes ready what the routes for events need. */
export async function openEvents(options: IntakeOptions): Promise<EventServices> {
  return {
    intake: await EventIntake.open(options),
    tokens: new ProducerTokens(options.tokens),
    maxBodyBytes: options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES,
  };
}
