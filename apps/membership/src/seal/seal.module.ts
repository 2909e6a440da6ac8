import { Module } from '@nestjs/common';
import { PassOnSealWhenIntakeSealed } from './pass-on-seal-when-intake-sealed.consumer';
import { SealRepository } from './seal.repository';
import { SealService } from './seal.service';

@Module({ controllers: [PassOnSealWhenIntakeSealed], providers: [SealRepository, SealService], exports: [SealService] })
export class SealModule {}
