import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { about } from "./about";
import { endChildren } from "./endWithEngine";
import { installDependencies } from "./installDependencies";
import type { Modules } from "./loadModules";
import { getProgramDependencies, getRequiredPackages } from "./packages";
import { runPlugin } from "./runPlugin";
import { runProgram } from "./runProgram";

// biome-ignore lint/suspicious/noExplicitAny: each handler has its own request and response types
type Handler = (request: any) => unknown;

/** The methods of pulumirpc.LanguageRuntime that a Node program or policy pack needs; the others answer UNIMPLEMENTED. */
export function createServices(modules: Modules, engineAddress: string): UntypedServiceImplementation {
  const { language, plugin, empty } = modules;
  return {
    handshake: unary(modules, () => new language.LanguageHandshakeResponse()),
    getPluginInfo: unary(modules, () => new plugin.PluginInfo().setVersion("")),
    getRequiredPackages: unary(modules, (request) => getRequiredPackages(modules, request)),
    getProgramDependencies: unary(modules, (request) => getProgramDependencies(modules, request)),
    about: unary(modules, () => about(modules)),
    run: unary(modules, (request) => runProgram(modules, engineAddress, request)),
    runPlugin: (call: Parameters<typeof runPlugin>[1]) => runPlugin(modules, call),
    installDependencies: (call: Parameters<typeof installDependencies>[1]) => installDependencies(modules, call),
    cancel: unary(modules, () => {
      endChildren();
      return new empty.Empty();
    }),
  };
}

/** One request, one answer; what the handler throws reaches the engine as an error with its message. */
function unary({ grpc }: Modules, handler: Handler) {
  return async (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>) => {
    try {
      answer(null, await handler(call.request));
    } catch (error) {
      answer({ code: grpc.status.UNKNOWN, details: (error as Error).message });
    }
  };
}
