// The Pulumi resource plugin for Snowflake, assembled from the Terraform provider and Pulumi's bridge.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

// version is the version of the npm package @pulumi/snowflake that this plugin serves.
const version = "1.3.0"

func main() {
	info := snowflakeProvider()
	if len(os.Args) == 2 && os.Args[1] == "-property-names" {
		if err := json.NewEncoder(os.Stdout).Encode(propertyNames(info)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	// Without a Pulumi schema the plugin answers GetSchema with nothing; TypeScript programs never ask for it.
	tfbridge.Main(info.Name, version, info, nil)
}
