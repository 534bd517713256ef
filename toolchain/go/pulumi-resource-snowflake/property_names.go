package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// names is a tree of Pulumi property names; a leaf is empty.
type names map[string]names

type providerNames struct {
	Version   string           `json:"version"`
	Config    names            `json:"config"`
	Resources map[string]names `json:"resources"`
}

// propertyNames lists, by Pulumi type token, every name this plugin reads and writes, computed by the same
// function that translates each request.
func propertyNames(info tfbridge.ProviderInfo) providerNames {
	result := providerNames{
		Version:   version,
		Config:    namesOf(info.P.Schema(), info.Config),
		Resources: map[string]names{},
	}
	for name, resource := range info.Resources {
		schema := info.P.ResourcesMap().Get(name).Schema()
		result.Resources[string(resource.Tok)] = namesOf(schema, resource.GetFields())
	}
	return result
}

func namesOf(schema shim.SchemaMap, overrides map[string]*tfbridge.SchemaInfo) names {
	result := names{}
	schema.Range(func(key string, value shim.Schema) bool {
		nested := names{}
		if block, ok := value.Elem().(shim.Resource); ok {
			nested = namesOf(block.Schema(), nestedOverrides(overrides[key]))
		}
		result[tfbridge.TerraformToPulumiNameV2(key, schema, overrides)] = nested
		return true
	})
	return result
}

func nestedOverrides(override *tfbridge.SchemaInfo) map[string]*tfbridge.SchemaInfo {
	if override == nil || override.Elem == nil {
		return nil
	}
	return override.Elem.Fields
}
