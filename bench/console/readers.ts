import { WebSocket } from "ws";
import type { LiveMessage } from "../../console/api/live";

/** Many browsers' worth of open lines; says when all are open, and on request how many events the slowest has received. */
const [url = "", count = "0"] = process.argv.slice(2);
const received: number[] = [];
let open = 0;

for (let reader = 0; reader < Number(count); reader++) {
  received[reader] = 0;
  const socket = new WebSocket(`${url.replace("http", "ws")}/live`, { headers: { Origin: url } });
  socket.on("open", () => {
    if (++open === Number(count)) process.send?.("open");
  });
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as LiveMessage;
    if (message.type === "events") received[reader] = (received[reader] ?? 0) + message.events.length;
  });
}

process.on("message", () => process.send?.(Math.min(...received)));
