export { ensureToolchain, type Toolchain, type ToolchainOptions, verifyToolchain } from "./ensureToolchain";
export { ToolchainError } from "./installPiece";
export { formatProgress, type OnProgress, type Progress, progressPrinter } from "./progress";
export { PulumiError, type PulumiOptions, type PulumiResult, runPulumi } from "./pulumi";
export { createTemporaryBackend, type TemporaryBackend } from "./temporaryBackend";
export { VERSIONS } from "./versions";
