import type { ResourceReader } from "./judged";
import { quote, schemaObject } from "./quote";
import { body, expression } from "./tables";

const withWarehouse = (name: string | undefined): string => (name === undefined ? "" : ` WAREHOUSE = ${quote(name)}`);

export const task: ResourceReader = (inputs) => [
  { sql: `CREATE TASK ${schemaObject(inputs)}${withWarehouse(inputs.text("warehouse"))} AS SELECT 1` },
  ...body(inputs, "sqlStatement").map((text) => ({
    ...text,
    namespace: { ...text.namespace, ignoreCase: inputs.flag("quotedIdentifiersIgnoreCase") },
  })),
  ...expression(inputs, "when"),
];

export const alert: ResourceReader = (inputs) => [
  {
    sql: `CREATE ALERT ${schemaObject(inputs)}${withWarehouse(inputs.text("warehouse"))} SCHEDULE = '1 MINUTE' IF (EXISTS (SELECT 1)) THEN SELECT 1`,
  },
  ...body(inputs, "condition"),
  ...body(inputs, "action"),
];
