import type { StatementHandlers } from "../handler";
import { createDatabase, createSchema } from "./account/database";
import { createResourceMonitor } from "./account/resourceMonitor";
import { alter } from "./alter/index";
import { createByType } from "./create";
import { comment, drop, undrop } from "./drop";
import { createAlert } from "./schemaObjects/alert";
import { createBodyPolicy } from "./schemaObjects/bodyPolicy";
import { createPipe } from "./schemaObjects/pipe";
import { createFunction, createProcedure } from "./schemaObjects/routine";
import { createSequence } from "./schemaObjects/sequence";
import { createStream } from "./schemaObjects/stream";
import { createTag } from "./schemaObjects/tag";
import { createTask } from "./schemaObjects/task";
import { refuse, rightsFirst } from "./support/refused";
import { createTable } from "./tables/createTable";
import { createDynamicTable } from "./tables/dynamicTable";
import { createView } from "./tables/view";

/** CREATE, ALTER, DROP, UNDROP, COMMENT of every kind of object. */
export const ddlHandlers: StatementHandlers = rightsFirst({
  CreateDatabase: { run: createDatabase },
  CreateSchema: { run: createSchema },
  CreateTable: { run: createTable },
  CreateDynamicTable: { run: createDynamicTable },
  CreateView: { run: createView },
  CreateProcedure: { run: createProcedure },
  CreateFunction: { run: createFunction },
  CreateTask: { run: createTask },
  CreateAlert: { run: createAlert },
  CreateStream: { run: createStream },
  CreatePipe: { run: createPipe },
  CreateSequence: { run: createSequence },
  CreateTag: { run: createTag },
  CreateResourceMonitor: { run: createResourceMonitor },
  CreateObject: { run: createByType },
  Alter: { run: alter },
  Drop: { run: drop },
  Undrop: { run: undrop },
  Comment: { run: comment },
  CreatePolicy: { run: createBodyPolicy },
  CreateSemanticView: { run: refuse, describe: refuse },
  CreateCortexSearchService: { run: refuse, describe: refuse },
  CreateType: { run: refuse, describe: refuse },
  Unmodelled: { run: refuse, describe: refuse },
});
