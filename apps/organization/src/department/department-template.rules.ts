import type { DepartmentInput } from '@concentric/contracts';

const department = (
  code: string,
  ring: 1 | 2 | 3 | 4,
  name: readonly [zh: string, en: string],
  duties: readonly (readonly [zh: string, en: string])[],
  emphasis = false,
) => ({ code, ring, name: { zh: name[0], en: name[1] }, duties: duties.map(([zh, en]) => ({ zh, en })), emphasis });

/**
 * What a new organisation starts with, from the customer outwards; everything but the codes can be changed. Emphasised
 * are the three that a company turning to its customers builds first. Nobody works anywhere until somebody says so.
 */
export const departmentTemplate: readonly DepartmentInput[] = [
  department('member', 1, ['会员部', 'Member'], [['认识每一位会员并维护关系', 'Know every member and keep the relationship']], true),
  department('service', 1, ['客户服务部', 'Service'], [['倾听并解决顾客的问题', 'Listen to customers and solve their problems']]),
  department(
    'store-operations',
    1,
    ['门店运营部', 'Store operations'],
    [['在门店面对面服务顾客', 'Serve customers face to face in the stores']],
  ),
  department(
    'content-planning',
    2,
    ['内容策划部', 'Content planning'],
    [['决定在何时何地对谁说什么', 'Decide what is said to whom, when and where']],
    true,
  ),
  department('marketing', 2, ['市场部', 'Marketing'], [['让更多人认识品牌', 'Let more people meet the brand']]),
  department(
    'enablement',
    2,
    ['赋能部', 'Enablement'],
    [['让导购与渠道伙伴更会服务', 'Make guides and channel partners better at serving']],
    true,
  ),
  department('product', 3, ['产品部', 'Product'], [['把顾客的声音做成产品', 'Turn what customers say into products']]),
  department(
    'supply-chain',
    3,
    ['供应链部', 'Supply chain'],
    [['让承诺的货准时到顾客手中', 'Bring what was promised to the customer in time']],
  ),
  department('finance', 4, ['财务部', 'Finance'], [['让每一分钱都算得清', 'Make every cent accountable']]),
  department('it', 4, ['信息技术部', 'IT'], [['让系统可靠并保护顾客数据', 'Keep systems reliable and customer data safe']]),
  department('people', 4, ['人力资源部', 'People'], [['找到并培养愿意服务顾客的人', 'Find and grow people who like to serve customers']]),
].map((entry, index) => ({ ...entry, staff: 0, position: (index + 1) * 10 }));
