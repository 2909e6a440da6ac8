import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module';
import { MemberController } from './member.controller';
import { MemberRepository } from './member.repository';
import { MemberService } from './member.service';
import { PersonRepository } from './person.repository';
import { PersonService } from './person.service';

@Module({
  imports: [IdentityModule],
  controllers: [MemberController],
  providers: [MemberRepository, MemberService, PersonRepository, PersonService],
  exports: [PersonRepository, PersonService],
})
export class MemberModule {}
