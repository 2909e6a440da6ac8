import { InstantColumn, IntColumn, JsonColumn, LongTextColumn } from '@concentric/service-kit';
import { Entity } from 'typeorm';

/** A key that tokens are signed with. The newest signs; tokens of older ones stay valid. */
@Entity('signing_key')
export class SigningKeyEntity {
  @IntColumn({ primary: true }) generation: number;
  /** JWK without its private part. */
  @JsonColumn() publicKey: Record<string, unknown>;
  /** The whole JWK, sealed. */
  @LongTextColumn() sealedKey: string;
  @InstantColumn() createdAt: number;
}
