import { roleCode, serviceRank } from '@concentric/contracts';
import { mayGrantBrands, permissions, permissionsOf, roles, rolesInConflict, scopeFault } from './access.rules';

describe('the role matrix', () => {
  it('grants only permissions that exist, in the form <service>.<noun>.<verb>', () => {
    const services = Object.keys(serviceRank);
    for (const permission of permissions) {
      const [service, noun, verb, ...rest] = permission.split('.');
      expect([permission, services.includes(service ?? ''), noun !== '', verb !== '', rest.length]).toEqual([
        permission,
        true,
        true,
        true,
        0,
      ]);
    }
    for (const code of roleCode.options) for (const permission of roles[code].permissions) expect(permissions).toContain(permission);
  });

  it('leaves no permission that nobody has', () => {
    const granted = new Set(roleCode.options.flatMap((code) => roles[code].permissions));
    expect(permissions.filter((permission) => !granted.has(permission))).toEqual([]);
  });

  it('shows identities in plain text to the member manager alone', () => {
    expect(roleCode.options.filter((code) => roles[code].permissions.includes('membership.identity.reveal'))).toEqual(['member_manager']);
  });

  it('lets an auditor read everything and change nothing', () => {
    expect(roles.auditor.permissions).toEqual(permissions.filter((permission) => permission.endsWith('.read')));
  });

  it('never lets one person both make and approve, write and activate, whatever roles they hold together', () => {
    const pairs = [
      ['distribution.statement.submit', 'distribution.statement.approve'],
      ['distribution.plan.write', 'distribution.plan.activate'],
      ['distribution.held.propose', 'distribution.held.approve'],
      ['distribution.period.start', 'distribution.period.close'],
      ['distribution.statement.void', 'distribution.statement.approve'],
      ['distribution.dispute.propose', 'distribution.dispute.approve'],
      ['distribution.adjustment.propose', 'distribution.adjustment.approve'],
      ['distribution.withholding.propose', 'distribution.withholding.approve'],
      ['distribution.recalculation.propose', 'distribution.recalculation.approve'],
      ['distribution.payout.prepare', 'distribution.payout.approve'],
      ['distribution.bank.import', 'distribution.bank.confirm'],
    ] as const;
    for (const one of roleCode.options) {
      for (const other of roleCode.options) {
        const held = [...new Set([one, other])];
        const may = permissionsOf(held);
        if (pairs.some(([make, check]) => may.includes(make) && may.includes(check))) expect(rolesInConflict(held)).toBeDefined();
      }
    }
  });

  it('excludes in both directions', () => {
    for (const code of roleCode.options) for (const other of roles[code].excludes) expect(roles[other].excludes).toContain(code);
  });

  it('lets a partner answer its own statements and name its own account, and change nothing else', () => {
    expect(roles.partner.permissions.filter((permission) => !permission.endsWith('.read'))).toEqual([
      'distribution.payee.propose',
      'distribution.statement.confirm',
      'distribution.statement.dispute',
    ]);
  });
});

describe('access', () => {
  const partnerId = '018f0000-0000-7000-8000-0000000000f1';
  it.each([
    [['auditor'], 'all', { kind: 'all' }, undefined],
    [['partner'], ['b'], { kind: 'partner', partnerId }, undefined],
    [['partner'], ['b'], { kind: 'none' }, undefined],
    [['partner', 'management'], ['b'], { kind: 'partner', partnerId }, undefined],
    [['partner', 'auditor'], ['b'], { kind: 'partner', partnerId }, 'roles'],
    [['finance_maker'], ['b'], { kind: 'partner', partnerId }, 'roles'],
    [['finance_maker'], ['b'], { kind: 'none' }, 'roles'],
    [['management'], ['b'], { kind: 'none' }, undefined],
    [['partner'], ['b'], { kind: 'all' }, 'scope'],
    [[], ['a', 'b'], { kind: 'partner', partnerId }, 'brands'],
    [[], 'all', { kind: 'partner', partnerId }, 'brands'],
  ] as const)('of roles %j, brands %j, scope %j is faulty in %s', (held, brands, scope, field) => {
    const access = { roles: [...held], brands: brands === 'all' ? ('all' as const) : [...brands], scope };
    expect(scopeFault(access)?.field).toBe(field);
  });

  it('is given within the own brands only', () => {
    expect(mayGrantBrands('all', 'all')).toBe(true);
    expect(mayGrantBrands(['a'], ['a'])).toBe(true);
    expect(mayGrantBrands(['a'], [])).toBe(true);
    expect(mayGrantBrands(['a'], 'all')).toBe(false);
    expect(mayGrantBrands(['a'], ['a', 'b'])).toBe(false);
  });
});
