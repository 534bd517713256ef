/** Pulumi.yaml and Pulumi.<stack>.yaml. */
export const isStackConfig = (file: string): boolean => /(^|[\\/])Pulumi(\.[^\\/]+)?\.ya?ml$/i.test(file);
