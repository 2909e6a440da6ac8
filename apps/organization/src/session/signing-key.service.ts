import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Clock,
  Database,
  generateSigningKey,
  isDuplicateKey,
  PersonalData,
  publicKeyOf,
  type SigningKey,
  signingKeySchema,
  TokenVerifier,
} from '@concentric/service-kit';
import { SigningKeyEntity } from './signing-key.entity';

const purpose = 'signing key';
/** Keys belong to the installation, not to a brand. */
const everyBrand = '';

/** The keys tokens are signed with: made once, sealed in the database, the same for every replica. */
@Injectable()
export class SigningKeyService implements OnModuleInit {
  private current: SigningKey | undefined;
  private publicKeys: Record<string, unknown>[] = [];

  constructor(
    private readonly database: Database,
    private readonly personalData: PersonalData,
    private readonly verifier: TokenVerifier,
    private readonly clock: Clock,
  ) {}

  /** Raises SealBrokenError when PII_KEY is not the one that the stored keys were sealed with. */
  async onModuleInit(): Promise<void> {
    const stored = (await this.stored()) ?? (await this.first());
    const newest = stored[0];
    if (newest === undefined) throw new Error('there is no signing key');
    this.current = signingKeySchema.parse(JSON.parse(this.personalData.openText(purpose, newest.sealedKey, everyBrand)));
    this.publicKeys = stored.map(({ publicKey }) => publicKey);
    await this.verifier.trust(this.publicKeys);
  }

  /** The key to sign with. */
  get signing(): SigningKey {
    if (this.current === undefined) throw new Error('signing keys are not loaded yet');
    return this.current;
  }

  /** Public keys, newest first, by which tokens are verified. */
  get keySet(): { keys: Record<string, unknown>[] } {
    return { keys: this.publicKeys };
  }

  private async stored(): Promise<SigningKeyEntity[] | undefined> {
    const rows = await this.database.source.manager.find(SigningKeyEntity, { order: { generation: 'DESC' } });
    return rows.length === 0 ? undefined : rows;
  }

  private async first(): Promise<SigningKeyEntity[]> {
    const key = await generateSigningKey();
    const row = {
      generation: 1,
      publicKey: { ...publicKeyOf(key) },
      sealedKey: this.personalData.sealText(purpose, JSON.stringify(key), everyBrand),
      createdAt: this.clock.now(),
    };
    try {
      await this.database.transaction((tx) => tx.insert(SigningKeyEntity, row));
    } catch (error) {
      // Another replica made the first key; its key is everybody's.
      if (!isDuplicateKey(error)) throw error;
    }
    return (await this.stored()) ?? [];
  }
}
