// Imported before anything else. A library of the driver warns at every start about versions of Node that it will stop to support.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
