package main

import (
	terraform "github.com/Snowflake-Labs/terraform-provider-snowflake/pkg/provider"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
)

// snowflakeProvider maps the Terraform provider to Pulumi tokens and property names.
func snowflakeProvider() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:              shimv2.NewProvider(terraform.Provider()),
		Name:           "snowflake",
		Version:        version,
		ResourcePrefix: "snowflake",
		Config: map[string]*tfbridge.SchemaInfo{
			// The bridge would pluralise a list's name; the npm package kept the singular.
			"preview_features_enabled": {Name: "previewFeaturesEnabled"},
		},
		DataSources: map[string]*tfbridge.DataSourceInfo{
			// The bridge reads "privatelink" as one word; the npm package as two.
			"snowflake_system_get_privatelink_config": {
				Tok: "snowflake:index/getSystemGetPrivateLinkConfig:getSystemGetPrivateLinkConfig",
			},
		},
	}
	info.MustComputeTokens(tokens.SingleModule("snowflake_", "index", tokens.MakeStandard("snowflake")))
	info.SetAutonaming(255, "-")
	return info
}
