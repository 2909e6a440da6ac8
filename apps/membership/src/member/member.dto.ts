import { memberListQuery, revealInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class MemberListQuery extends createZodDto(memberListQuery) {}
export class RevealBody extends createZodDto(revealInput) {}
