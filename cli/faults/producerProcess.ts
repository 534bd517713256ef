import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PROJECT_ROOT } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";
import type { ProducerOrders } from "./producer";

/** The producer of a fault run, killed and begun again on the same spool as often as wanted. */
export class ProducerProcess {
  /** Ids of the events whose acknowledgement was heard. */
  readonly acknowledged = new Set<string>();
  private generation = 0;
  private child: ChildProcess | undefined;
  private ended: Promise<number | null> = Promise.resolve(0);

  constructor(
    private readonly orders: Omit<ProducerOrders, "generation">,
    private readonly credentials: { user: string; password: string },
  ) {}

  start(): void {
    const orders: ProducerOrders = { ...this.orders, generation: this.generation++ };
    const child = spawn(
      process.execPath,
      ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "faults", "producer.ts")],
      {
        cwd: PROJECT_ROOT,
        stdio: ["pipe", "pipe", "inherit"],
        env: {
          ...process.env,
          FAULT_RUN_PRODUCER: JSON.stringify(orders),
          SNOWFLAKE_USER: this.credentials.user,
          SNOWFLAKE_PASSWORD: this.credentials.password,
        },
      },
    );
    const read = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    // A line that was cut by the kill is no acknowledgement.
    read.on("line", (line) => line.length === 64 && this.acknowledged.add(line));
    this.ended = new Promise((resolve) => child.once("close", resolve));
    this.child = child;
  }

  /** Kills it as a power failure would, and begins anew. */
  async restart(): Promise<void> {
    await this.kill();
    this.start();
  }

  async kill(): Promise<void> {
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  /** Lets it deliver what its spool holds, and end. */
  async finish(): Promise<void> {
    this.child?.stdin?.write("end\n");
    const code = await this.ended;
    if (code !== 0) throw new CommandError(`The producer ended with exit code ${code}`);
  }
}
