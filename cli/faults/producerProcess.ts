import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PROJECT_ROOT } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";
import type { MachineFault } from "./machineFaults";
import { FOLDER_TAKEN, type ProducerOrders } from "./producer";

interface Child {
  process: ChildProcess;
  ended: Promise<number | null>;
}

/** A producer of a fault run, killed and begun again on the same spool as often as wanted. */
export class ProducerProcess {
  /** Ids of the events whose acknowledgement was heard. */
  readonly acknowledged = new Set<string>();
  private generation = 0;
  private children: Child[] = [];

  constructor(
    private readonly orders: ProducerOrders,
    private readonly credentials: { user: string; password: string },
    private readonly onFault: (fault: MachineFault) => void,
  ) {}

  start(): void {
    const generation = this.generation++;
    const { name, seed } = this.orders;
    const orders: ProducerOrders = { ...this.orders, name: `${name}-${generation}`, seed: seed + generation };
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
    // It may have ended, or end, before it reads.
    child.stdin?.on("error", () => undefined);
    const read = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    read.on("line", (line) => {
      // A line that was cut by the kill is no acknowledgement.
      if (/^[0-9a-f]{64}$/.test(line)) this.acknowledged.add(line);
      else if (/^[a-z]+-[a-z]+$/.test(line)) this.onFault(line as MachineFault);
    });
    this.children.push({ process: child, ended: new Promise((resolve) => child.once("close", resolve)) });
  }

  /** Kills it as a power failure would, and begins anew, with two at once if told so: the folder may belong to one of them only. */
  async restart({ twins = false } = {}): Promise<void> {
    await this.kill();
    this.start();
    if (twins) this.start();
  }

  async kill(): Promise<void> {
    for (const { process } of this.children) process.kill("SIGKILL");
    await Promise.all(this.children.map(({ ended }) => ended));
    this.children = [];
  }

  /** Lets it deliver what its spool holds, and end. */
  async finish(): Promise<void> {
    for (const { process } of this.children) process.stdin?.write("end\n");
    const codes = await Promise.all(this.children.map(({ ended }) => ended));
    const owners = codes.filter((code) => code !== FOLDER_TAKEN);
    if (owners.length !== 1 || owners[0] !== 0)
      throw new CommandError(`Of the producers on one folder one was to end in order; their exit codes are ${codes}`);
  }
}
