import { findingQuery, partnerPersonInput, proposalInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class FindingQueryDto extends createZodDto(findingQuery) {}
export class FindingAcceptanceDto extends createZodDto(proposalInput) {}
export class PartnerPersonDto extends createZodDto(partnerPersonInput) {}
