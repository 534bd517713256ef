import type { LawSettings, Source } from "../../../law/index";
import { codeSources, userSources, warehouseSources } from "./code";
import { containerSources } from "./containers";
import { grantSources } from "./grants";
import { policySources } from "./policies";
import { type Query, Reader } from "./reader";
import { tableSources } from "./tables";

export interface LiveAccount {
  sources: Source[];
  /** Statements that the account refused, each with its reason: what they would have shown is not judged. */
  unread: string[];
  /** What this role does not see, each with the account's reason. */
  unseen: string[];
}

/** What stands in an account, as the statements that would make it: the same rules judge them as files and resources. */
export async function liveSources(query: Query, settings: LawSettings): Promise<LiveAccount> {
  const reader = new Reader(query, settings);
  const sources = [
    ...(await containerSources(reader)),
    ...(await tableSources(reader)),
    ...(await policySources(reader)),
    ...(await codeSources(reader)),
    ...(await warehouseSources(reader)),
    ...(await userSources(reader)),
    ...(await grantSources(reader)),
  ];
  return { sources, unread: reader.unread, unseen: reader.unseen };
}
