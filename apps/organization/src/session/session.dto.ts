import { signInInput } from '@concentric/contracts';
import { createZodDto } from '@concentric/service-kit';

export class SignInDto extends createZodDto(signInInput) {}
