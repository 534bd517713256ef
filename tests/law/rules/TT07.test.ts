import assert from "node:assert/strict";
import { checkText, lawSettings } from "../../../law/index";
import { describeRule } from "./describeRule";

describeRule("TT07", {
  fail: [
    [
      "grant create table on schema CLAUDE_BI.MCP to role R",
      "1:7 Grants CREATE TABLE on schema CLAUDE_BI.MCP to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      `grant usage,
  create dynamic table on schema CLAUDE_BI.MCP to role R`,
      "2:3 Grants CREATE DYNAMIC TABLE on schema CLAUDE_BI.MCP to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant all on schema CLAUDE_BI.MCP to role R",
      "1:7 Grants ALL PRIVILEGES on schema CLAUDE_BI.MCP to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant create materialized view on future schemas in database CLAUDE_BI to role R",
      "1:7 Grants CREATE MATERIALIZED VIEW on future schemas in database CLAUDE_BI to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant create schema on database CLAUDE_BI to role R",
      "1:7 Grants CREATE SCHEMA on database CLAUDE_BI to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant manage grants on account to role R",
      "1:7 Grants MANAGE GRANTS on the account to role R; only ACCOUNTADMIN and TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant evolve schema on table CLAUDE_BI.LANDING.RAW_EVENTS to role R",
      "1:7 Grants EVOLVE SCHEMA on table CLAUDE_BI.LANDING.RAW_EVENTS to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant operate on dynamic table CLAUDE_BI.ACTIVITY.EVENTS to role R",
      "1:7 Grants OPERATE on dynamic table CLAUDE_BI.ACTIVITY.EVENTS to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    ["grant ownership on schema CLAUDE_BI.MCP to role R", "1:20 Gives OWNERSHIP on schema CLAUDE_BI.MCP to role R."],
    [
      "grant ownership on future tables in database CLAUDE_BI to role R",
      "1:20 Gives OWNERSHIP on future tables in database CLAUDE_BI to role R.",
    ],
    [
      "grant ownership on table CLAUDE_BI.LANDING.RAW_EVENTS to role MCP_SERVICE_ROLE",
      "1:20 Gives OWNERSHIP on table CLAUDE_BI.LANDING.RAW_EVENTS to role MCP_SERVICE_ROLE.",
    ],
    ["grant role SYSADMIN to role R", "1:1 Grants the administrator role SYSADMIN to role R."],
    [
      "grant role TWO_TABLE_DEPLOYER to role MCP_ADMIN_ROLE",
      "1:1 Grants the deployer's role TWO_TABLE_DEPLOYER to role MCP_ADMIN_ROLE.",
    ],
    [
      "alter schema CLAUDE_BI.MCP disable managed access",
      "1:28 Switches managed access off: then every owner of an object may grant on it.",
    ],
    ["create schema CLAUDE_BI.S", "1:15 The schema S is created without managed access."],
    [
      "grant create dataset on schema CLAUDE_BI.MCP to role R",
      "1:7 Grants CREATE DATASET on schema CLAUDE_BI.MCP to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant create database on account to role R",
      "1:7 Grants CREATE DATABASE on the account to role R; only ACCOUNTADMIN and TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant inherited ownership on all tables in database CLAUDE_BI to role R",
      "1:7 Grants INHERITED OWNERSHIP on all tables in database CLAUDE_BI to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant create failover group on account to role R",
      "1:7 Grants CREATE FAILOVER GROUP on the account to role R; only ACCOUNTADMIN and TWO_TABLE_DEPLOYER may have it.",
    ],
    [
      "grant operate on table CLAUDE_BI.ACTIVITY.EVENTS to role R",
      "1:7 Grants OPERATE on table CLAUDE_BI.ACTIVITY.EVENTS to role R; only TWO_TABLE_DEPLOYER may have it.",
    ],
  ],
  pass: [
    "grant usage on schema CLAUDE_BI.MCP to role R",
    "grant create view on schema CLAUDE_BI.MCP to role MCP_SERVICE_ROLE",
    "grant create table on schema OTHER_DB.PUBLIC to role R",
    "grant create table on schema CLAUDE_BI.LANDING to role TWO_TABLE_DEPLOYER",
    "revoke create table on schema CLAUDE_BI.MCP from role R",
    "grant ownership on view CLAUDE_BI.MCP.V to role MCP_SERVICE_ROLE",
    "grant monitor on dynamic table CLAUDE_BI.ACTIVITY.EVENTS to role R",
    "grant role SYSADMIN to role TWO_TABLE_DEPLOYER",
    "grant role TWO_TABLE_DEPLOYER to user BOB",
    "create schema CLAUDE_BI.S with managed access",
    "grant all on view CLAUDE_BI.MCP.V to role R",
    "grant select on all tables in schema CLAUDE_BI.LANDING to role R",
  ],
});

describe("TT07 where the account has a role of its own for what the account holds", () => {
  const text = "grant ownership on role TWO_TABLE_DEPLOYER to role TWO_TABLE_ACCOUNT";
  const told = (accountRole?: string) =>
    checkText({ text }, { settings: lawSettings({ ...(accountRole && { accountRole }) }) }).map(
      ({ message }) => message,
    );

  it("lets that role own the deployer's, and no other", () => {
    assert.deepEqual(told("TWO_TABLE_ACCOUNT"), []);
    assert.deepEqual(told(), [
      "Gives OWNERSHIP of the role TWO_TABLE_DEPLOYER to role TWO_TABLE_ACCOUNT, which may then grant it to anybody.",
    ]);
  });
});
