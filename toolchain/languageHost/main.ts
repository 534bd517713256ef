import { endWithEngine } from "./endWithEngine";
import { loadModules } from "./loadModules";
import { createServices } from "./services";

/**
 * `pulumi-language-nodejs ENGINE_ADDRESS`: runs Node programs and policy packs for a Pulumi engine that was built
 * without its own Node language host. The first line of stdout is the port it listens on.
 */
function main(): void {
  const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));
  if (!engineAddress) {
    console.error("usage: pulumi-language-nodejs ENGINE_ADDRESS (it is started by pulumi)");
    process.exitCode = 1;
    return;
  }
  const modules = loadModules(process.cwd());
  const { Server, ServerCredentials } = modules.grpc;
  // Programs are handed whole configurations and policy packs whole stacks.
  const size = 400 * 1024 * 1024;
  const server = new Server({ "grpc.max_receive_message_length": size, "grpc.max_send_message_length": size });
  server.addService(modules.languageGrpc.LanguageRuntimeService, createServices(modules, engineAddress));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      console.error(`pulumi-language-nodejs cannot listen on 127.0.0.1: ${error.message}`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
  endWithEngine();
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
