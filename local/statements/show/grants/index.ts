import type { Show } from "../../../../dialect/index";
import type {
  DatabaseRoleDoc,
  FutureGrantDoc,
  ObjectDoc,
  RoleDoc,
  RoleGrantDoc,
  ShareDoc,
  UserDoc,
} from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { fullName, resolveDatabase, resolveSchema } from "../../../names/resolve";
import { accountOf, isVisible, ownerOf } from "../../../privileges/index";
import { isSecurable } from "../../../privileges/matrix";
import { resolveGrantee } from "../../access/grantee";
import { resolveReceiver } from "../../access/shares";
import { grantTarget } from "../../access/targets";
import { refuseInOwnerRights } from "../../session/ownerRights";
import { compareText } from "../scope";
import { emptyShow, moment, runShow, type ShowColumn, type ShowTable, text } from "../table";
import {
  builtInGrants,
  GRANT_COLUMNS,
  GRANT_ON_COLUMNS,
  GRANT_TO_USER_COLUMNS,
  type GrantRow,
  grantsOnObject,
  membershipRow,
  rowOf,
  securableName,
} from "./rows";

type Role = RoleDoc | DatabaseRoleDoc;

const list = <D>(columns: readonly ShowColumn<D>[], items: D[]): ShowTable<D> => ({
  columns,
  items: () => items,
  name: () => "",
});

const SHARE_TAKERS = emptyShow("created_on", "share", "account");

/** SHOW GRANTS in all its forms. */
export function showGrants(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const { grants } = statement;
  if (!grants) {
    refuseInOwnerRights(context, "SHOW_GRANTS");
    const user = context.catalogue.get("USER", context.session.userId);
    return runShow(context, statement, list(GRANT_TO_USER_COLUMNS, user ? grantsTo(context, user) : []));
  }
  const { preposition, objectType, name } = grants;
  switch (preposition) {
    case "ON": {
      const object =
        objectType === "ACCOUNT"
          ? accountOf(context.catalogue)
          : grantTarget(context, objectType, nameOr(name, objectType), grants.argumentTypes, "SHOW GRANTS");
      return runShow(context, statement, list(GRANT_ON_COLUMNS, grantsOnObject(context, object)));
    }
    case "TO": {
      if (objectType === "USER") {
        const user = resolveGrantee(context, { type: "USER", name: nameOr(name, objectType) });
        return runShow(context, statement, list(GRANT_TO_USER_COLUMNS, grantsTo(context, user)));
      }
      const role =
        objectType === "SHARE"
          ? resolveReceiver(context, { type: "SHARE", name: nameOr(name, objectType) })
          : roleOf(context, objectType, nameOr(name, objectType));
      return runShow(context, statement, list(GRANT_COLUMNS, grantsTo(context, role)));
    }
    case "OF": {
      if (objectType === "SHARE") {
        // No account has taken it.
        resolveReceiver(context, { type: "SHARE", name: nameOr(name, objectType) });
        return runShow(context, statement, SHARE_TAKERS);
      }
      const role = roleOf(context, objectType, nameOr(name, objectType));
      return runShow(context, statement, list(MEMBER_COLUMNS, membersOf(context, role)));
    }
    default:
      throw unsupportedFeature(`SHOW GRANTS ${preposition} ${objectType}`);
  }
}

type SaidName = NonNullable<NonNullable<Show["grants"]>["name"]>;

function nameOr(name: SaidName | undefined, objectType: string): SaidName {
  if (!name) throw compilationError("001003", "42000", `syntax error: SHOW GRANTS on ${objectType} needs a name.`);
  return name;
}

function roleOf(context: ExecutionContext, objectType: string, name: SaidName): Role {
  if (objectType !== "ROLE" && objectType !== "DATABASE ROLE") throw unsupportedFeature(`SHOW GRANTS … ${objectType}`);
  return resolveGrantee(context, { type: objectType, name }) as Role;
}

/** Privileges, ownerships and roles that a role or user holds itself; by kind, then name, then privilege. */
function grantsTo(context: ExecutionContext, role: Role | UserDoc | ShareDoc): GrantRow[] {
  const { catalogue } = context;
  const rows: GrantRow[] = [];
  for (const map of catalogue.entries().values()) {
    for (const object of map.values()) {
      if (!isSecurable(object.kind) || object.droppedOn !== undefined || ownerOf(object) !== role.id) continue;
      if (object.kind === "SEQUENCE" && object.hidden) continue;
      rows.push({
        createdOn: object.createdOn,
        privilege: "OWNERSHIP",
        object,
        grantee: role,
        grantOption: true,
        grantedBy: role,
      });
    }
  }
  rows.push(...builtInGrants(context, accountOf(catalogue)).filter((row) => row.grantee.id === role.id));
  for (const grant of catalogue.all("GRANT")) {
    const row = grant.granteeId === role.id ? rowOf(catalogue, grant) : undefined;
    if (row) rows.push(row);
  }
  for (const grant of catalogue.all("ROLE_GRANT")) {
    const object = grant.granteeId === role.id ? catalogue.byId(grant.roleId) : undefined;
    if (object) rows.push(membershipRow(catalogue, grant, object, role));
  }
  return rows
    .filter((row) => isVisible(context, row.object))
    .map((row) => ({ ...row, printed: securableName(context, row.object) }))
    .sort(
      (a, b) =>
        compareText(a.object.kind, b.object.kind) ||
        compareText(a.printed, b.printed) ||
        compareText(a.privilege, b.privilege) ||
        a.createdOn - b.createdOn,
    );
}

interface Member {
  grant: RoleGrantDoc;
  role: ObjectDoc;
  grantee: ObjectDoc;
}

/** A database role with its database; others as they are, without quotes. */
const roleName = (context: ExecutionContext, role: ObjectDoc): string =>
  role.kind === "DATABASE_ROLE" ? fullName(context.catalogue, role) : role.name;

const MEMBER_COLUMNS: ShowColumn<Member>[] = [
  moment("created_on", ({ grant }) => grant.createdOn),
  text("role", ({ role }, context) => roleName(context, role)),
  text("granted_to", ({ grantee }) => grantee.kind),
  text("grantee_name", ({ grantee }, context) => roleName(context, grantee)),
  text("granted_by", ({ grant }, context) =>
    grant.grantedById === null ? "" : (context.catalogue.byId(grant.grantedById)?.name ?? ""),
  ),
];

function members(context: ExecutionContext, wanted: (grant: RoleGrantDoc) => boolean): Member[] {
  return context.catalogue.all("ROLE_GRANT").flatMap((grant) => {
    const role = wanted(grant) ? context.catalogue.byId(grant.roleId) : undefined;
    const grantee = context.catalogue.byId(grant.granteeId);
    return role && grantee ? [{ grant, role, grantee }] : [];
  });
}

const membersOf = (context: ExecutionContext, role: ObjectDoc) => members(context, (g) => g.roleId === role.id);

function scopeName(context: ExecutionContext, grant: FutureGrantDoc): string {
  const container = context.catalogue.byId(grant.containerId);
  return container ? fullName(context.catalogue, container) : "";
}

const FUTURE_COLUMNS: ShowColumn<FutureGrantDoc>[] = [
  moment("created_on", (grant) => grant.createdOn),
  text("privilege", (grant) => grant.privilege),
  text("grant_on", (grant) => grant.objectKind),
  text("name", (grant, context) => `${scopeName(context, grant)}.<${grant.objectKind}>`),
  text("grant_to", (grant, context) => context.catalogue.byId(grant.granteeId)?.kind ?? ""),
  text("grantee_name", (grant, context) => context.catalogue.byId(grant.granteeId)?.name ?? ""),
  text("grant_option", (grant) => grant.grantOption),
];

/** SHOW FUTURE GRANTS IN SCHEMA | IN DATABASE | TO ROLE | TO DATABASE ROLE. */
export function showFutureGrants(context: ExecutionContext, statement: Show): Promise<StatementResult> {
  const granteeName = (g: FutureGrantDoc) => context.catalogue.byId(g.granteeId)?.name ?? "";
  const all = context.catalogue
    .all("FUTURE_GRANT")
    .map((grant) => ({ grant, scope: scopeName(context, grant) }))
    .sort(
      (a, b) =>
        compareText(granteeName(a.grant), granteeName(b.grant)) ||
        compareText(a.grant.objectKind, b.grant.objectKind) ||
        a.scope.split(".").length - b.scope.split(".").length ||
        compareText(a.scope, b.scope) ||
        compareText(a.grant.privilege, b.grant.privilege),
    )
    .map(({ grant }) => grant);
  const { in: scope, grants } = statement;
  if (scope?.name && (scope.type === "SCHEMA" || scope.type === "DATABASE")) {
    const container =
      scope.type === "SCHEMA"
        ? resolveSchema(context, scope.name, "SHOW FUTURE GRANTS")
        : resolveDatabase(context, nameParts(context, scope.name).at(-1) as string);
    return runShow(
      context,
      statement,
      list(
        FUTURE_COLUMNS,
        all.filter((g) => g.containerId === container.id),
      ),
    );
  }
  if (grants?.preposition === "TO") {
    const role = roleOf(context, grants.objectType, nameOr(grants.name, grants.objectType));
    return runShow(
      context,
      statement,
      list(
        FUTURE_COLUMNS,
        all.filter((g) => g.granteeId === role.id),
      ),
    );
  }
  throw unsupportedFeature("SHOW FUTURE GRANTS without IN SCHEMA, IN DATABASE or TO ROLE");
}
