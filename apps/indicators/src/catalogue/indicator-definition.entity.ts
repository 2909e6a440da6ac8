import { Entity } from 'typeorm';
import { IntColumn, KeyColumn, TextColumn } from '@concentric/service-kit';

/** What an indicator means; a changed meaning is another version, and no version is ever changed. */
@Entity('indicator_definition')
export class IndicatorDefinition {
  @KeyColumn({ length: 64, primary: true }) indicatorKey: string;
  @IntColumn({ primary: true }) version: number;
  @TextColumn({ length: 100 }) nameZh: string;
  @TextColumn({ length: 100 }) nameEn: string;
  @TextColumn({ length: 1000 }) formula: string;
  @KeyColumn({ length: 16 }) unit: string;
  @KeyColumn({ length: 1 }) additivity: string;
  @KeyColumn({ length: 16 }) direction: string;
  @TextColumn({ length: 500 }) source: string;
}
