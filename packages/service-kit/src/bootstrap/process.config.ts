import type { ServiceName } from '@concentric/contracts';
import { serviceConfig, type ServiceConfig } from '../config/service.config';

/** Settings of a service from the environment of this process. @throws ConfigError */
export const configFromProcess = (service: ServiceName): ServiceConfig => serviceConfig(service, process.env);
