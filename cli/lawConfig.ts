import "./terminal/environment";

import { stackLawConfig } from "./law/stackLawConfig";
import { command } from "./terminal/command";
import { runCommand } from "./terminal/fail";

void command("law:config")
  .description(
    "Print what the law has to know of a stack, for --policy-pack-config and npm run law -- --config: what its database, tables, roles and warehouse are called.",
  )
  .argument("<stack>", "whose Pulumi.<stack>.yaml is read")
  .action((stack: string) => runCommand(async () => console.log(JSON.stringify(stackLawConfig(stack), null, 2))))
  .parseAsync();
