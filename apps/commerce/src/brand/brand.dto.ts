import { brandInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class BrandDto extends createZodDto(brandInput) {}
