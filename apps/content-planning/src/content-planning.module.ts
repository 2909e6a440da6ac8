import { Module } from '@nestjs/common';
import { TouchpointController } from './touchpoint/touchpoint.controller';
import { TouchpointService } from './touchpoint/touchpoint.service';

/** What we say and do, when and where: for now the register of touchpoints. */
@Module({ controllers: [TouchpointController], providers: [TouchpointService] })
export class ContentPlanningModule {}
