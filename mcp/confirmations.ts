import { randomBytes } from "node:crypto";
import { createRequestStateCodec } from "@modelcontextprotocol/server";

/** Signs what a person is asked to confirm, since it travels through the client; good for ten minutes and this process. */
export const confirmations = createRequestStateCodec<{ mark: string }>({ key: randomBytes(32), ttlSeconds: 600 });
