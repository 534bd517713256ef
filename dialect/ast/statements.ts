import type { Alter } from "./alter";
import type {
  Call,
  ExecuteAlert,
  ExecuteImmediate,
  ExecuteImmediateFrom,
  ExecuteJobService,
  ExecuteTask,
  Explain,
  Flow,
  Get,
  List,
  Put,
  Remove,
  Unmodelled,
} from "./commands";
import type {
  CopyFiles,
  CopyIntoLocation,
  CopyIntoTable,
  Delete,
  Insert,
  Merge,
  MultiTableInsert,
  Truncate,
  Update,
} from "./dml";
import type { GrantOwnership, GrantPrivileges, GrantRole, RevokePrivileges, RevokeRole } from "./grants";
import type {
  Comment,
  CreateAlert,
  CreateCortexSearchService,
  CreateDatabase,
  CreateObject,
  CreatePipe,
  CreatePolicy,
  CreateResourceMonitor,
  CreateSchema,
  CreateSequence,
  CreateStream,
  CreateTag,
  CreateTask,
  CreateType,
  Drop,
  Undrop,
} from "./objects";
import type { Query } from "./query";
import type { CallWithProcedure, CreateFunction, CreateProcedure } from "./routines";
import type { ScriptingStatement } from "./scripting";
import type { CreateSemanticView } from "./semanticViews";
import type {
  AlterSession,
  BeginTransaction,
  Commit,
  Rollback,
  SetVariable,
  UnsetVariable,
  Use,
  UseSecondaryRoles,
} from "./session";
import type { Describe, Show } from "./show";
import type { CreateDynamicTable, CreateTable, CreateView } from "./tables";

export type CreateStatement =
  | CreateTable
  | CreateDynamicTable
  | CreateView
  | CreateProcedure
  | CreateFunction
  | CreateDatabase
  | CreateSchema
  | CreateTask
  | CreateAlert
  | CreateStream
  | CreateSequence
  | CreatePolicy
  | CreateResourceMonitor
  | CreateTag
  | CreatePipe
  | CreateSemanticView
  | CreateCortexSearchService
  | CreateType
  | CreateObject;

export type DataStatement =
  | Insert
  | MultiTableInsert
  | Update
  | Delete
  | Merge
  | Truncate
  | CopyIntoTable
  | CopyIntoLocation
  | CopyFiles;

export type GrantStatement = GrantPrivileges | GrantOwnership | GrantRole | RevokePrivileges | RevokeRole;

export type SessionStatement =
  | Use
  | UseSecondaryRoles
  | SetVariable
  | UnsetVariable
  | AlterSession
  | BeginTransaction
  | Commit
  | Rollback;

export type CommandStatement =
  | Call
  | CallWithProcedure
  | ExecuteImmediate
  | ExecuteImmediateFrom
  | ExecuteTask
  | ExecuteAlert
  | ExecuteJobService
  | Explain
  | Put
  | Get
  | List
  | Remove
  | Flow;

/** Every statement of the language; a query is a statement by itself. */
export type Statement =
  | Query
  | CreateStatement
  | Alter
  | Drop
  | Undrop
  | Comment
  | DataStatement
  | GrantStatement
  | Show
  | Describe
  | SessionStatement
  | CommandStatement
  | ScriptingStatement
  | Unmodelled;
