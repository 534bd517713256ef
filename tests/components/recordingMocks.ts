import * as pulumi from "@pulumi/pulumi";

/** One resource as the engine was asked to register it. */
export interface RecordedResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** Replaces the engine by one that writes down what it is asked for and answers as the provider would. */
export function recordResources(): RecordedResource[] {
  const recorded: RecordedResource[] = [];
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        recorded.push({ type, name, inputs });
        const parts = [inputs.database, inputs.schema, inputs.name].filter((part) => typeof part === "string");
        return {
          id: `${name}-id`,
          state: { ...inputs, fullyQualifiedName: parts.map((part) => `"${part}"`).join(".") },
        };
      },
      call: () => {
        throw new Error("the program must not invoke functions of a provider");
      },
    },
    "two-table-warehouse",
    "test",
    false,
  );
  return recorded;
}

/** The one resource of that type and name, or an error listing what there is. */
export function findResource(recorded: readonly RecordedResource[], type: string, name: string): RecordedResource {
  const found = recorded.filter((resource) => resource.type === type && resource.name === name);
  if (found.length !== 1) {
    const names = recorded.filter((resource) => resource.type === type).map((resource) => resource.name);
    throw new Error(`${found.length} resources ${type} ${name}; there are ${names.join(", ")}`);
  }
  return found[0] as RecordedResource;
}

/** Waits until an output and everything it depends on has a value. */
export function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => void output.apply(resolve));
}
