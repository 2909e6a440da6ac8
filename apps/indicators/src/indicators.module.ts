import { Module } from '@nestjs/common';
import { CatalogueModule } from './catalogue/catalogue.module';
import { ProjectionModule } from './projection/projection.module';

@Module({ imports: [CatalogueModule, ProjectionModule] })
export class IndicatorsModule {}
