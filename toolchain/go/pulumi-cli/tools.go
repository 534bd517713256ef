//go:build tools

// Package tools pins the Pulumi command line so that it is built from go.sum alone.
package tools

import (
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
	_ "github.com/pulumi/pulumi/sdk/v3/go/common/version"
)
