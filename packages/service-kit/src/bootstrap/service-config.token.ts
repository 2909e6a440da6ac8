/** Injects the ServiceConfig of the service the module tree belongs to. */
export const SERVICE_CONFIG = Symbol('ServiceConfig');
