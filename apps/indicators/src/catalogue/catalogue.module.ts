import { Module } from '@nestjs/common';
import { DefinitionRepository } from './definition.repository';
import { ValueController } from './value.controller';
import { ValueRepository } from './value.repository';
import { ValueService } from './value.service';

@Module({ controllers: [ValueController], providers: [DefinitionRepository, ValueRepository, ValueService] })
export class CatalogueModule {}
