import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, DomainError, SERVICE_CONFIG, type ServiceConfig } from '@concentric/service-kit';
import { bootstrapPassword } from '../bootstrap.config';
import { OperatorEntity } from './operator.entity';
import { OperatorService } from './operator.service';

/** Makes the first administrator of a new installation, so that somebody can sign in and make the others. */
@Injectable()
export class BootstrapAdminService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly operators: OperatorService,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  /** Raises ConfigError when there is no operator and no password to give one. */
  async onModuleInit(): Promise<void> {
    if ((await this.database.source.manager.count(OperatorEntity)) > 0) return;
    const password = bootstrapPassword(this.config);
    try {
      await this.operators.create(
        {
          name: 'admin',
          displayName: 'Administrator',
          password,
          roles: ['admin'],
          brands: 'all',
          scope: { kind: 'all' },
          departmentId: null,
        },
        { id: 'organization', brandIds: 'all' },
      );
    } catch (error) {
      // Another replica that starts at the same moment was faster.
      if (!(error instanceof DomainError) || error.code !== 'operator_name_taken') throw error;
    }
  }
}
