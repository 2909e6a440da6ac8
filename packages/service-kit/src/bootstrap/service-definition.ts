import type { ServiceName } from '@concentric/contracts';
import type { INestApplication, Type } from '@nestjs/common';
import type { Clock } from '../clock/clock';
import type { ServiceConfig } from '../config/service.config';
import type { InProcessBroker } from '../events/in-process.transport';
import type { DeadLetters } from '../events/dead-letters';
import type { MessageFlow } from '../events/message-flow';
import type { RetryPolicy } from '../events/retry-policy';
import type { JobPolicy } from '../jobs/job-policy';
import type { ScopeRequest } from '../scope/scope.consumers';

/** What makes a service: everything else comes from the kit. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  readonly module: Type<unknown>;
  readonly entities: readonly Function[];
  /** TypeORM migration classes; their names end with a timestamp. */
  readonly migrations: readonly Function[];
  /** Which projections of the network the service keeps for its row filters. */
  readonly scope?: ScopeRequest;
}

export interface ServiceOptions {
  readonly config: ServiceConfig;
  /** Joins services of one process. Without it an embedded service has a broker of its own. */
  readonly broker?: InProcessBroker;
  readonly clock?: Clock;
  readonly retryPolicy?: RetryPolicy;
  readonly jobPolicy?: JobPolicy;
  /** Neither sends, receives nor runs jobs: for operator commands beside a running service. */
  readonly idle?: boolean;
}

export interface RunningService {
  readonly name: ServiceName;
  /** Initialised, not listening. */
  readonly app: INestApplication;
  readonly flow: MessageFlow;
  readonly deadLetters: DeadLetters;
  /** Ends in order: not ready, wait, stop consuming, finish jobs, close HTTP, record what was sent, close the database. */
  close(): Promise<void>;
}
