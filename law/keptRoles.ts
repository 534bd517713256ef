import type { Alter, Grantee, GrantOwnership, GrantRole, Name } from "../dialect/index";
import type { Act } from "./acts/act";
import { DYNAMIC } from "./acts/names";
import { ADMINISTRATORS } from "./administrators";
import type { Breach } from "./rule";
import { isRevert } from "./rules/TT02";
import type { LawSettings } from "./settings";
import { accountObjectTarget } from "./target";

/** What hands to others what the deployer, the service role or an administrator may do: the role itself, or what it owns (TT07). */
export function onKeptRoles(act: Act, settings: LawSettings): Breach[] {
  const { statement } = act;
  switch (statement.kind) {
    case "GrantRole":
      return granted(statement, act, settings);
    case "GrantOwnership":
      return statement.on.objectType === "ROLE" ? owned(statement, act, settings) : [];
    case "Alter":
      return statement.objectType === "ROLE" ? renamed(statement, act, settings) : [];
    case "Drop":
      return statement.objectType === "ROLE" && !isRevert(act) ? gone("Drops", statement.name, act, settings) : [];
    case "CreateObject":
      return statement.objectType === "ROLE" && statement.orReplace
        ? gone("Replaces", statement.name, act, settings)
        : [];
    default:
      return [];
  }
}

function granted({ role: name, to, span }: GrantRole, act: Act, settings: LawSettings): Breach[] {
  const role = accountObjectTarget(name, act);
  if (role === DYNAMIC || to.type === "USER") return [];
  if (![...ADMINISTRATORS, settings.deployerRole].includes(role.name)) return [];
  if (isDeployer(to, act, settings) || isAdministrator(to, act)) return [];
  return [
    {
      message: `Grants the ${role.name === settings.deployerRole ? "deployer's" : "administrator"} role ${role.name} to ${granteeText(to, act)}.`,
      fix: "Grant the single privileges that are needed.",
      span,
    },
  ];
}

/** Whoever owns a role can grant it to anybody. */
function owned({ on, to }: GrantOwnership, act: Act, settings: LawSettings): Breach[] {
  const role = on.name && accountObjectTarget(on.name, act);
  const mayOwn = isDeployer(to, act, settings) || isAdministrator(to, act) || isRole(to, settings.accountRole, act);
  if (role === undefined || role === DYNAMIC || mayOwn) return [];
  return [...ADMINISTRATORS, settings.deployerRole].includes(role.name)
    ? [
        {
          message: `Gives OWNERSHIP of the role ${role.name} to ${granteeText(to, act)}, which may then grant it to anybody.`,
          fix: "Leave roles that may make tables with the administrators.",
          span: on.span,
        },
      ]
    : [];
}

/** What the law knows of a role stands under its name. */
function renamed({ name, actions }: Alter, act: Act, settings: LawSettings): Breach[] {
  return actions.flatMap((action): Breach[] => {
    if (action.kind !== "RenameTo" || !name) return [];
    const role = [name, action.name].map((one) => kept(one, act, settings)).find((one) => one !== undefined);
    return role === undefined
      ? []
      : [
          {
            message: `Renames a role to or from ${role}, by whose name the law knows who may do what.`,
            fix: "Keep the names of the roles.",
            span: action.span,
          },
        ];
  });
}

/** What a role owned goes to the role that drops it. https://docs.snowflake.com/en/sql-reference/sql/drop-role */
function gone(verb: string, name: Name, act: Act, settings: LawSettings): Breach[] {
  const role = kept(name, act, settings);
  return role === undefined
    ? []
    : [
        {
          message: `${verb} the role ${role}: what it owns goes to whoever does so.`,
          fix: "Keep the role; destroying an environment is done by pulumi destroy.",
          span: name.span,
        },
      ];
}

function kept(name: Name, act: Act, { deployerRole, serviceRole }: LawSettings): string | undefined {
  const role = accountObjectTarget(name, act);
  return role !== DYNAMIC && [deployerRole, serviceRole].includes(role.name) ? role.name : undefined;
}

export const isDeployer = (to: Grantee, act: Act, settings: LawSettings) => isRole(to, settings.deployerRole, act);

export function isRole(to: Grantee, role: string, act: Act): boolean {
  const target = accountObjectTarget(to.name, act);
  return to.type === "ROLE" && target !== DYNAMIC && target.name === role;
}

export function isAdministrator(to: Grantee, act: Act): boolean {
  const target = accountObjectTarget(to.name, act);
  return to.type === "ROLE" && target !== DYNAMIC && ADMINISTRATORS.includes(target.name);
}

export function granteeText(to: Grantee, act: Act): string {
  const target = accountObjectTarget(to.name, act);
  return `${to.type.toLowerCase()} ${target === DYNAMIC ? "known at run time" : target.name}`;
}
