import assert from "node:assert/strict";
import type { Client } from "@modelcontextprotocol/client";
import { TemporaryRepository } from "../cli/temporaryRepository";
import { changes, FILE, plan, QUESTIONS } from "./analystQuestions";
import { gitEvents, type TrueCommit, writeHistory } from "./gitHistory";
import { type Answer, ask, McpWorld } from "./support";

describe("Questions an analyst asks of git events, through the MCP server", () => {
  const repository = new TemporaryRepository();
  let world: McpWorld;
  let client: Client;
  let commits: TrueCommit[];
  const answers = new Map<string, Promise<Answer>>();

  before(async () => {
    commits = writeHistory(repository);
    world = await McpWorld.start();
    await world.person("ANALYST", "commit.*", "file.*");
    await world.warehouse.ingest(await gitEvents(repository.path));
    client = await world.connect("ANALYST", { environment: { MCP_TIMEOUT_SECONDS: "300" } });
    // All at once: the server has several sessions.
    for (const { asks, tool, args } of QUESTIONS) {
      const answer = ask(client, tool, args);
      answer.catch(() => undefined);
      answers.set(asks, answer);
    }
  });

  after(async () => {
    await world?.close();
    repository.remove();
  });

  for (const { asks, truth, reads } of QUESTIONS) {
    it(asks, async () => {
      assert.deepEqual(reads(await answers.get(asks)), truth(commits));
    });
  }

  it("Who changed a file first after a certain commit?", async () => {
    const certain = commits[15] as TrueCommit;
    const found = await ask(
      client,
      "run-plan",
      plan({ actions: ["commit.authored"], filters: [{ field: "object_id", op: "=", value: certain.hash }] }),
    );
    const after = found.rows[0].occurred_at;
    const answer = await ask(
      client,
      "run-plan",
      plan({
        actions: ["file.changed"],
        filters: [
          { field: "object_id", op: "=", value: FILE },
          { field: "occurred_at", op: ">", value: after },
        ],
        order_by: ["occurred_at"],
        limit: 1,
      }),
    );
    const truth = changes(commits).find(({ path, authored }) => path === FILE && authored > certain.authored);
    assert.deepEqual([answer.rows[0].actor_id, answer.rows[0].attributes.commit], [truth?.author, truth?.hash]);
  });
});
