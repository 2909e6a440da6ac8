import { commissionPeriodQuery, indicatorQuery } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class IndicatorValueQuery extends createZodDto(indicatorQuery) {}
export class CommissionPeriodQuery extends createZodDto(commissionPeriodQuery) {}
