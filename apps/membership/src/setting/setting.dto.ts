import { membershipSettings } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class SettingsBody extends createZodDto(membershipSettings) {}
