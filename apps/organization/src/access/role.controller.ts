import { Controller, Get } from '@nestjs/common';
import { roleCode, roleList, type RoleRow } from '@concentric/contracts';
import { Answers, Permission } from '@concentric/service-kit';
import { roles } from './access.rules';

@Controller('roles')
export class RoleController {
  @Get()
  @Permission('organization.role.read')
  @Answers(roleList)
  list(): { data: RoleRow[]; total: number } {
    const data = roleCode.options.map((code): RoleRow => {
      const { name, permissions, excludes } = roles[code];
      return { code, name, permissions: [...permissions], excludes: [...excludes] };
    });
    return { data, total: data.length };
  }
}
