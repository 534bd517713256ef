import type { AlterAction } from "./alter";
import type { ColumnSelection, LambdaParameter, NamedArgument, SpreadElement, TableArgument } from "./calls";
import type { Autoincrement, ColumnDefinition, Constraint } from "./columns";
import type { DataType, DataTypeField } from "./dataTypes";
import type { ColumnAssignment, InsertTarget, MergeClause } from "./dml";
import type { CaseWhen, Expression, Star } from "./expressions";
import type { Grantee, GrantObject, Privilege } from "./grants";
import type { ObjectEntry } from "./literals";
import type { Identifier, Name, StageReference } from "./names";
import type { ResourceMonitorTrigger } from "./objects";
import type {
  Keyword,
  PolicyClause,
  Property,
  PropertyArguments,
  PropertyList,
  PropertyMap,
  TagAssignment,
} from "./properties";
import type {
  CommonTableExpression,
  ConnectBy,
  ExpressionAlias,
  ForUpdate,
  GroupBy,
  GroupingConstruct,
  Limit,
  ModelAlias,
  OrderBy,
  QueryBody,
  SelectItem,
  WithClause,
} from "./query";
import type { Parameter, ReturnedTable, RoutineBody } from "./routines";
import type { Declaration, ExceptionHandler, StatementValue } from "./scripting";
import type {
  SemanticExpression,
  SemanticRelationship,
  SemanticTable,
  SemanticVariable,
  VerifiedQuery,
} from "./semanticViews";
import type { ShowScope } from "./show";
import type { Statement } from "./statements";
import type { Changes, Sample, TableAlias, TableReference, TimeTravel } from "./tableReferences";
import type { CloneSource } from "./tables";
import type { FrameBound, OrderItem, WindowFrame, WindowSpecification } from "./window";

/** Every node of the tree. */
export type Node =
  | Statement
  | Expression
  | TableReference
  | QueryBody
  | Declaration
  | AlterAction
  | Identifier
  | Name
  | StageReference
  | DataType
  | DataTypeField
  | ObjectEntry
  | SpreadElement
  | Star
  | ColumnSelection
  | NamedArgument
  | TableArgument
  | LambdaParameter
  | CaseWhen
  | OrderItem
  | WindowSpecification
  | WindowFrame
  | FrameBound
  | WithClause
  | ModelAlias
  | CommonTableExpression
  | ExpressionAlias
  | SelectItem
  | ConnectBy
  | GroupBy
  | GroupingConstruct
  | OrderBy
  | Limit
  | ForUpdate
  | TableAlias
  | TimeTravel
  | Changes
  | Sample
  | Keyword
  | Property
  | PropertyList
  | PropertyMap
  | PropertyArguments
  | TagAssignment
  | PolicyClause
  | ColumnDefinition
  | Autoincrement
  | Constraint
  | CloneSource
  | Parameter
  | ReturnedTable
  | RoutineBody
  | ResourceMonitorTrigger
  | SemanticTable
  | SemanticRelationship
  | SemanticVariable
  | SemanticExpression
  | VerifiedQuery
  | InsertTarget
  | ColumnAssignment
  | MergeClause
  | Privilege
  | GrantObject
  | Grantee
  | ShowScope
  | StatementValue
  | ExceptionHandler;

export type Kind = Node["kind"];

/** The node type of one kind. */
export type NodeOf<K extends Kind> = Extract<Node, { kind: K }>;
