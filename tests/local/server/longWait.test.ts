import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { LocalServer } from "../../../local/index";
import { SteerableClock, startServer } from "../support";
import { WireClient } from "./wire";

const WAIT_MS = 45_000;
/** Ends when the account's clock, which stands still here, has moved on by an hour. */
const LONG = "SELECT COUNT(*) AS n FROM TABLE(GENERATOR(TIMELIMIT => 3600))";

describe("a statement that outlasts the wait for its answer", () => {
  const clock = new SteerableClock();
  const sessionClock = new SteerableClock();
  let server: LocalServer;
  let client: WireClient;

  before(async () => {
    server = await startServer({ clock, sessionClock });
    client = new WireClient(server);
    await client.login();
  });

  after(() => server.close());

  async function untilAskedToComeAgain<T>(answer: Promise<T>): Promise<T> {
    while (!sessionClock.isAwaited(WAIT_MS)) await pause(5);
    await sessionClock.advance(WAIT_MS);
    return answer;
  }

  it("says where to ask again, by the code of what is waited for", async () => {
    const first = await untilAskedToComeAgain(client.query(LONG));
    assert.deepEqual(
      [first.success, first.code, first.data.getResultUrl],
      [true, "333333", `/queries/${first.data.queryId}/result`],
    );
    const again = await untilAskedToComeAgain(client.get(first.data.getResultUrl));
    assert.equal(again.code, "333333");
    await client.post(`/queries/${first.data.queryId}/abort-request`);
    assert.equal((await client.get(first.data.getResultUrl)).code, "000604");
  });

  it("has the code of asynchronous ones each time when it was started as one: the Go driver takes any other for the result", async () => {
    const { code, data } = await client.query(LONG, { asyncExec: true });
    assert.equal(code, "333334");
    for (const _ of [1, 2]) {
      const again = await untilAskedToComeAgain(client.get(data.getResultUrl));
      assert.deepEqual([again.success, again.code], [true, "333334"]);
    }
    await client.post(`/queries/${data.queryId}/abort-request`);
    assert.equal((await client.get(data.getResultUrl)).code, "000604");
  });
});
