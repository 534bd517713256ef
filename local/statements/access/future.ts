import type { GrantObject } from "../../../dialect/index";
import type { DatabaseDoc, FutureGrantDoc, ObjectDoc, SchemaDoc } from "../../catalogue/model";
import { compilationError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { denied, managesGrants, owns } from "../../privileges/index";
import type { WriteUnit } from "../../store/writeUnit";
import { requireSameDatabase } from "./grantee";
import { containerOf, privilegesFor } from "./targets";

/** Future grants take MANAGE GRANTS, or ownership of the schema where it is under managed access. */
function requireFutureRight(context: ExecutionContext, container: DatabaseDoc | SchemaDoc): void {
  if (managesGrants(context, container)) return;
  if (container.kind === "SCHEMA" && container.managedAccess && owns(context, container)) return;
  throw denied(context, container, "MANAGE GRANTS");
}

const ofContainer = (unit: WriteUnit, container: ObjectDoc, kind: string): FutureGrantDoc[] =>
  unit.catalogue.snapshot.all("FUTURE_GRANT").filter((g) => g.containerId === container.id && g.objectKind === kind);

export function grantFuture(
  context: ExecutionContext,
  unit: WriteUnit,
  on: GrantObject,
  privileges: readonly string[],
  grantee: ObjectDoc,
  grantOption: boolean,
): void {
  const { kind, future, type } = privilegesFor(on);
  if (!future) throw compilationError("003540", "22023", `Future grants are not supported on objects of type ${type}.`);
  const container = containerOf(context, on);
  requireFutureRight(context, container);
  requireSameDatabase(context, grantee, container);
  const known = ofContainer(unit, container, kind);
  for (const privilege of privileges) {
    if (privilege === "OWNERSHIP" && known.some((g) => g.privilege === "OWNERSHIP" && g.granteeId !== grantee.id)) {
      throw compilationError(
        "003540",
        "22023",
        `A future grant of OWNERSHIP on ${type}S in '${container.name}' exists already. Revoke it first.`,
      );
    }
    const existing = known.find((g) => g.privilege === privilege && g.granteeId === grantee.id);
    if (existing) {
      if (grantOption && !existing.grantOption) unit.catalogue.update<FutureGrantDoc>(existing, { grantOption });
      continue;
    }
    unit.catalogue.create<"FUTURE_GRANT">({
      kind: "FUTURE_GRANT",
      name: "",
      privilege,
      objectKind: kind,
      containerId: container.id,
      granteeId: grantee.id,
      grantOption,
      grantedById: context.rights.roleId,
    });
  }
}

export function revokeFuture(
  context: ExecutionContext,
  unit: WriteUnit,
  on: GrantObject,
  privileges: readonly string[],
  grantee: ObjectDoc,
  optionOnly: boolean,
): void {
  const { kind } = privilegesFor(on);
  const container = containerOf(context, on);
  requireFutureRight(context, container);
  for (const grant of ofContainer(unit, container, kind)) {
    if (grant.granteeId !== grantee.id || !privileges.includes(grant.privilege)) continue;
    if (optionOnly) unit.catalogue.update<FutureGrantDoc>(grant, { grantOption: false });
    else unit.catalogue.remove(grant);
  }
}
