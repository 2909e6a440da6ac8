import type { FindingCode, PartnerType, findingFigures } from '@concentric/contracts';
import type { z } from 'zod';

/** A statement that is being examined. */
export interface Examined {
  statementId: string;
  partnerId: string;
  partnerType: PartnerType;
  currency: string;
  period: string;
  lines: number;
}

/** Something a reviewer should see, with the figures that explain it. */
export interface Found {
  statement: Examined;
  code: FindingCode;
  figures: z.infer<typeof findingFigures>;
}

/** A finding is accepted once, with a reason; it never goes away, and becomes void with its statement. */
export const findingTransition = { from: 'OPEN', to: 'ACCEPTED' } as const;

/** States of a statement in which its findings can still be accepted: later nobody waits for it any more. */
export const reviewed: readonly string[] = ['DRAFT', 'IN_REVIEW'];

/** Why a finding cannot be accepted, or null. */
export function acceptRefusal(finding: { state: string; statementState: string }): string | null {
  if (finding.state === 'ACCEPTED') return 'It has been accepted already.';
  if (finding.state !== findingTransition.from || !reviewed.includes(finding.statementState))
    return `Its statement is ${finding.statementState}; nothing waits for this any more.`;
  return null;
}

/** Why a statement may not be approved for what was found about it, or null. `openFindings`: null while it is being examined. */
export function approvalObstacle(openFindings: number | null): { code: string; message: string } | null {
  if (openFindings === null) return { code: 'findings_pending', message: 'The statement is still being examined; try again in a moment.' };
  if (openFindings > 0)
    return { code: 'findings_open', message: `${openFindings} findings about this statement have not been accepted yet.` };
  return null;
}
