import { Module } from '@nestjs/common';
import { RoleController } from './access/role.controller';
import { DepartmentController } from './department/department.controller';
import { DepartmentService } from './department/department.service';
import { BootstrapAdminService } from './operator/bootstrap-admin.service';
import { ColleagueController } from './operator/colleague.controller';
import { OperatorController } from './operator/operator.controller';
import { OperatorService } from './operator/operator.service';
import { SESSION_CONFIG, sessionConfig } from './session.config';
import { SessionController } from './session/session.controller';
import { SessionService } from './session/session.service';
import { SigningKeyService } from './session/signing-key.service';

/** Operators, roles, departments and sign-in. */
@Module({
  controllers: [SessionController, OperatorController, ColleagueController, RoleController, DepartmentController],
  providers: [
    { provide: SESSION_CONFIG, useFactory: () => sessionConfig() },
    SigningKeyService,
    SessionService,
    OperatorService,
    BootstrapAdminService,
    DepartmentService,
  ],
})
export class OrganizationModule {}
