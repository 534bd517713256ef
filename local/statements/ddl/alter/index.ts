import type { Alter, AlterAction, Name } from "../../../../dialect/index";
import type { ObjectDoc, ObjectKind } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { compilationError, doesNotExistOrNotAuthorized, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { type StatementResult, statusResult } from "../../../execution/result";
import { nameOfText } from "../../../names/parts";
import { printName } from "../../../names/print";
import { resolvePlace } from "../../../names/resolve";
import { hasGlobal, requireAny } from "../../../privileges/index";
import { alterPrivileges } from "../../../privileges/requirements";
import type { WriteUnit } from "../../../store/writeUnit";
import { alterBodyPolicy } from "../schemaObjects/bodyPolicy";
import { alterPipe } from "../schemaObjects/pipe";
import { alterSettled } from "../settled";
import { isTagAction } from "../support/tags";
import { findTarget, kindOfType, titleOf } from "../support/target";
import { alterAccountSettings } from "./account";
import { alterNetworkPolicy, alterResourceMonitor, alterUser, alterWarehouse } from "./accountObjects";
import { commonAction } from "./common";
import { alterDatabase, alterSchema } from "./containers";
import { alterMaterializedView } from "./materializedView";
import { alterDynamicTable, alterView } from "./relations";
import { alterAlert, alterTask } from "./schedules";
import {
  alterFileFormat,
  alterFunction,
  alterProcedure,
  alterSequence,
  alterStage,
  alterStream,
  alterTag,
} from "./schemaObjects";
import { alterTable } from "./table";

/** One step of an ALTER on one kind of object; undefined = not an action of this kind. A result replaces the status line. */
export type AlterStep<D extends ObjectDoc> = (
  context: ExecutionContext,
  unit: WriteUnit,
  doc: D,
  action: AlterAction,
) => Promise<AlterOutcome | undefined>;

export interface AlterOutcome {
  /** The document as it is now: the next action starts from it. */
  doc: ObjectDoc;
  result?: StatementResult;
}

const STEPS: Partial<Record<ObjectKind, AlterStep<never>>> = {
  DATABASE: alterDatabase,
  SCHEMA: alterSchema,
  WAREHOUSE: alterWarehouse,
  USER: alterUser,
  RESOURCE_MONITOR: alterResourceMonitor,
  NETWORK_POLICY: alterNetworkPolicy,
  TABLE: alterTable,
  VIEW: alterView,
  MATERIALIZED_VIEW: alterMaterializedView,
  DYNAMIC_TABLE: alterDynamicTable,
  PROCEDURE: alterProcedure,
  FUNCTION: alterFunction,
  SEQUENCE: alterSequence,
  STAGE: alterStage,
  FILE_FORMAT: alterFileFormat,
  STREAM: alterStream,
  PIPE: alterPipe,
  TAG: alterTag,
  TASK: alterTask,
  ALERT: alterAlert,
  NETWORK_RULE: alterSettled,
  SECRET: alterSettled,
  PASSWORD_POLICY: alterSettled,
  AUTHENTICATION_POLICY: alterSettled,
  INTEGRATION: alterSettled,
  SHARE: alterSettled,
  CONNECTION: alterSettled,
  STREAMLIT: alterSettled,
  MASKING_POLICY: alterBodyPolicy,
  ROW_ACCESS_POLICY: alterBodyPolicy,
};

/** How the privilege table calls an action. */
export function actionName(action: AlterAction): string {
  switch (action.kind) {
    case "Action":
      return action.action;
    case "SetProperties":
      return "SET";
    case "UnsetProperties":
      return "UNSET";
    case "SetTriggers":
      return "TRIGGERS";
    case "SetTags":
    case "UnsetTags":
      return "TAG";
    case "UnmodelledAction":
      return action.words;
    default:
      return action.kind.replace(/([a-z])([A-Z])/g, "$1 $2").toUpperCase();
  }
}

/** ALTER TABLE sets tags of views and dynamic tables, too, as the Terraform provider does; anything else takes the object's own word. */
function targetKind(context: ExecutionContext, { objectType, actions }: Alter, name: Name): ObjectKind {
  const kind = kindOfType(objectType, "ALTER");
  // Policies and tags of a materialized view are set as those of a view.
  const isNote = actions.every((action) => isTagAction(action) || isPolicyAction(action));
  if (kind === "VIEW" ? !isNote : kind !== "TABLE" || !actions.every(isTagAction)) return kind;
  const place = resolvePlace(context, name, `ALTER ${objectType}`);
  const found = context.catalogue.relation(place.schema.id, place.name, context.session.id)?.kind ?? kind;
  return kind === "VIEW" && found !== "MATERIALIZED_VIEW" ? kind : found;
}

/** Attaching and taking away a policy, which the right to apply all of its kind suffices for. */
const isPolicyAction = (action: AlterAction): boolean => policyTypeOf(action) !== undefined;

function policyTypeOf(action: AlterAction): string | undefined {
  if (action.kind === "PolicyAction") return action.policyType;
  if (action.kind !== "AlterColumn") return undefined;
  const { change } = action;
  if (change.type === "SET POLICY") return change.policy.policyType;
  return change.type === "UNSET POLICY" ? change.policyType : undefined;
}

/** Unlike other DDL it does not commit. Source: https://docs.snowflake.com/en/user-guide/dynamic-tables/error-codes */
function refuseRefreshInTransaction(context: ExecutionContext, { actions }: Alter): void {
  if (!context.session.transaction || !actions.some((action) => actionName(action) === "REFRESH")) return;
  throw compilationError(
    "002743",
    "55000",
    "Manual refresh of a dynamic table is not supported inside a multi-statement transaction.",
  );
}

/** Of users who alter themselves. */
function ownName(context: ExecutionContext, { objectType, actions }: Alter): Name | undefined {
  const isOwn = objectType === "USER" && actions.every(({ kind }) => kind === "AccessTokenAction");
  const user = isOwn ? context.catalogue.get("USER", context.session.userId) : undefined;
  return user && nameOfText(printName(user.name));
}

/** ALTER of every kind of object: the target, its privilege, then one action after another. */
export function alter(context: ExecutionContext, statement: Alter): Promise<StatementResult> {
  if (statement.objectType === "ACCOUNT") return alterAccountSettings(context, statement);
  const { objectType } = statement;
  const name = statement.name ?? ownName(context, statement);
  if (!name) throw unsupportedFeature(`ALTER ${objectType} without a name`);
  if (objectType === "DYNAMIC TABLE") refuseRefreshInTransaction(context, statement);
  return context.write(
    async (unit) => {
      const kind = targetKind(context, statement, name);
      const { doc, printed } = findTarget(context, kind, name, statement.argumentTypes, `ALTER ${objectType}`);
      const done = statusResult("Statement executed successfully.");
      if (!doc) {
        if (statement.ifExists) return done;
        throw doesNotExistOrNotAuthorized(titleOf(objectType), printed);
      }
      let current: ObjectDoc = doc;
      let result: StatementResult | undefined;
      for (const action of statement.actions) {
        // A user may change some of the own settings; APPLY TAG tags whatever one sees.
        const isFree =
          current.kind === "USER" ||
          (isTagAction(action) && hasGlobal(context, "APPLY TAG")) ||
          (isPolicyAction(action) && hasGlobal(context, `APPLY ${policyTypeOf(action)} POLICY`));
        if (!isFree) requireAny(context, alterPrivileges(kind, actionName(action)), current);
        const step = STEPS[kind] as AlterStep<ObjectDoc> | undefined;
        const outcome =
          (await step?.(context, unit, current, action)) ?? (await commonAction(context, unit, current, action));
        if (!outcome) throw unsupportedFeature(`ALTER ${objectType} … ${actionName(action)}`);
        current = outcome.doc;
        result = outcome.result ?? result;
      }
      unit.catalogue.update(current, { lastDdlOn: toMillis(context.now) } as Partial<ObjectDoc>);
      return result ?? done;
    },
    { ddl: true },
  );
}
