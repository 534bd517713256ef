// A shop that tracks its orders. POST /orders answers when the event is on disk; the client delivers it, and closes itself on SIGTERM.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { EventClient } from "two-table-warehouse/client";

const { WAREHOUSE_OUTPUTS = "outputs.json", SPOOL = "spool", PORT = "8080" } = process.env;
const events = new EventClient({
  outputs: JSON.parse(readFileSync(WAREHOUSE_OUTPUTS, "utf8")),
  lane: "SHOP",
  spool: SPOOL,
});

const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
  if (request.method !== "POST" || request.url !== "/orders") return answer(404, { error: "POST /orders" });
  try {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { customer, order, total } = JSON.parse(text);
    const receipt = await events.track({
      action: "order.placed",
      actor_id: customer,
      occurred_at: new Date(),
      object: { type: "order", id: order },
      attributes: { total },
    });
    answer(202, receipt);
  } catch (error) {
    answer(400, { error: error.message });
  }
});

server.listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
