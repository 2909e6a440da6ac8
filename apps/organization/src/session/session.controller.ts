import { Body, Controller, createParamDecorator, type ExecutionContext, Get, HttpCode, Post } from '@nestjs/common';
import { keySet, signedInOperator, type SignedInOperator, signInAnswer, type SignInAnswer } from '@concentric/contracts';
import { Answers, Public, RateLimit, SignedIn } from '@concentric/service-kit';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { SignInDto } from './session.dto';
import { sessionEnded } from './session.errors';
import { type SessionClaims, SessionService } from './session.service';
import { SigningKeyService } from './signing-key.service';

const claimsSchema = z.object({ sub: z.uuid(), auth_time: z.number().int(), access_version: z.number().int() });

/** What the token says about its session. The guard has verified it; a token that did not come from a sign-in has none. */
const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): SessionClaims => {
  const { authorization = '' } = context.switchToHttp().getRequest<{ headers: { authorization?: string } }>().headers;
  const read = claimsSchema.safeParse(decodeJwt(authorization.slice('Bearer '.length)));
  if (!read.success) throw sessionEnded();
  return { operatorId: read.data.sub, authTime: read.data.auth_time, accessVersion: read.data.access_version };
});

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly keys: SigningKeyService,
  ) {}

  /** Trades name and password for a token. */
  @Post('sign-in')
  @Public()
  @HttpCode(200)
  @RateLimit(120, 60)
  @Answers(signInAnswer)
  signIn(@Body() body: SignInDto): Promise<SignInAnswer> {
    return this.sessions.signIn(body.name, body.password);
  }

  /** Trades a token that is still valid for a new one. */
  @Post('refresh')
  @SignedIn()
  @HttpCode(200)
  @Answers(signInAnswer)
  refresh(@CurrentSession() claims: SessionClaims): Promise<SignInAnswer> {
    return this.sessions.refresh(claims);
  }

  @Get('me')
  @SignedIn()
  @Answers(signedInOperator)
  me(@CurrentSession() claims: SessionClaims): Promise<SignedInOperator> {
    return this.sessions.me(claims);
  }

  /** Public keys by which every service verifies tokens. */
  @Get('keys')
  @Public()
  @Answers(keySet)
  keySet(): { keys: Record<string, unknown>[] } {
    return this.keys.keySet;
  }
}
